//! Given names that people use for one another.

/// Each line is one family of given names.
const FAMILIES: &str = "
abigail abby gail
albert al bert bertie
alexander alex alec sandy xander sasha alejandro aleksandr oleksandr
alexandra alex sandra sandy sasha lexi alejandra
alfred al fred alfie
alice ali allie
allison allie ali
amanda mandy
andrea andie
andrew andy drew andres andrei andriy
angela angie
ann anne anna annie ana nan hannah hanna annette anya
anthony tony antonio anton
antonia toni tonia
arthur art artie
barbara barb babs barbie
benjamin ben benny benji benito
bernard bernie
beverly bev
bradley brad
calvin cal
cameron cam
carolina caroline carolyn carrie carol lina
catherine katherine kathryn kate katie cathy kathy kat kitty katarina ekaterina katya catalina kaitlyn
charles charlie chuck chas carlos karl
charlotte charlie lottie
christina christine chris tina chrissy kristina kristin
christopher chris topher kit kristof cristobal
cynthia cindy
daniel dan danny daniil
danielle dani
david dave davey davide
deborah debra deb debbie
dennis denny
dmitri dmitry dima dmytro
dolores lola
donald don donny
dorothy dot dottie dolly
douglas doug
edward ed eddie ned ted teddy eduardo
eleanor elena ellie nora nell helen helena olena
elizabeth liz lizzie beth betty eliza elise lisa betsy libby isabel isabella
emily em emmy
emma em
eric rick
ernest ernie
eugene gene evgeny yevhen
evelyn eve evie
florence flo
frances fran francie frankie francesca
francis frank francisco paco pancho
franklin frank
frederick fred freddy
gabriel gabe
gabriela gabby
george georgie jorge yuri jerzy
gerald jerry gerry
gregory greg
guadalupe lupe
guillermo memo
harold hal harry
harry henry hank harris
heather hattie
ignacio nacho
irene irina
jacob jake
jacqueline jackie
james jim jimmy jamie jaime
janet jan
jason jay
jeffrey jeff
jennifer jen jenny jenna
jeremy jerry
jessica jess jessie
jesus chuy
john johnny jack jon juan ivan johan johann ioannis
jonathan jon jonny nathan
joseph joe joey jose pepe josef
josephine jo josie
joshua josh
judith judy
julia julie
kenneth ken kenny
kimberly kim
laura laurie
lawrence larry laurie
leonard leo len lenny
leslie les
lillian lily lil
louis lou louie luis
lucille lucy
margaret maggie meg peg peggy marge margie rita greta margarita
maria marie mary mia maryam miriam molly polly mariya
marjorie marge
martha marty
martin marty
matthew matt mateo
maximilian max
megan meg
melissa mel missy
michael mike mikey mick mickey miguel mikhail michal mykhailo
michelle shelly
mohammed mohamed muhammad mohammad mo
nancy nan
natalia natalie natasha nat
nathaniel nate nathan nat
nicholas nick nicky nicolas nikolai mykola niko
nicole nicki
oliver ollie
olivia liv livia
pamela pam
patricia pat patty trish tricia
patrick pat paddy patricio
paul pablo pavel paulie
peter pete pedro petr petro piotr
philip phil
rachel rae
randall randy
raymond ray
rebecca becky becca
richard rick ricky dick rich richie ricardo
robert bob bobby rob robbie bert roberto
roger rod
ronald ron ronnie
rosa rose rosie
rudolph rudy
russell russ
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sadie
sergei sergio serhiy
sharon shari
sophia sofia sophie
stanley stan
stephanie steph stefanie
stephen steven steve stevie stefan esteban
susan sue susie suzanne suzy susana
tatiana tanya
teresa theresa terry tess tessa
terrence terry
theodore ted teddy theo fedor
thomas tom tommy tomas
timothy tim timmy
tobias toby
valerie val
vanessa nessa
veronica ronnie vera
victor vic viktor
victoria vicky tori
vincent vince vinny vicente
virginia ginny
vladimir vlad vova volodymyr
walter walt wally
wendy gwendolyn gwen
william will bill billy willie liam guillermo vilhelm wilhelm
yekaterina katya kate catherine
zachary zach zack
";

/// Whether two given names, in lower-case ASCII, may be one person's.
pub fn akin(a: &str, b: &str) -> bool {
    FAMILIES
        .lines()
        .any(|family| family.split(' ').any(|name| name == a) && family.split(' ').any(|name| name == b))
}

/// Every other given name that may stand for this one, in lower-case ASCII.
pub fn others(name: &str) -> Vec<&'static str> {
    let mut all: Vec<&str> = FAMILIES
        .lines()
        .filter(|family| family.split(' ').any(|other| other == name))
        .flat_map(|family| family.split(' '))
        .filter(|other| *other != name && !other.is_empty())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
