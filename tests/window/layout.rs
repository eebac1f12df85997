//! What stands where in a picture, in coarse boxes, beside what was kept of it: `layout/NAME.txt` holds a line for each landmark,
//! heading, table and named control, in the order of the page, with where its column begins and how wide it is in hundredths of the window.

use std::path::{Path, PathBuf};

use house_tests::panic_with;

/// Ways of setting letters and drawing scrollbars differ by less, a column that moved does not.
const NEAR: i64 = 3;
const WRITES: &str = "HABEAS_WRITE_LAYOUT";

/// Stops the test when the outline of a picture is not the one that was kept.
pub fn compared(picture: &str, outline: &[String]) {
    let file = kept(picture);
    let now = format!("{}\n", outline.join("\n"));
    if std::env::var_os(WRITES).is_some() {
        let folder = file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&file, now))
            .unwrap_or_else(|error| panic_with(&format!("{} could not be written: {error}", file.display())));
        return;
    }
    let accept =
        format!("If it is meant so, run this test once more with {WRITES}=1 and keep {}.", file.display());
    let Ok(before) = std::fs::read_to_string(&file) else {
        panic_with(&format!("No layout of {picture} is kept yet. {accept}"));
    };
    let before: Vec<Line> = before.lines().map(Line::read).collect();
    let now: Vec<Line> = outline.iter().map(|line| Line::read(line)).collect();
    let moved = moved(&before, &now);
    if !moved.is_empty() {
        panic_with(&format!("The layout of {picture} changed:\n  {}\n{accept}", moved.join("\n  ")));
    }
}

fn kept(picture: &str) -> PathBuf {
    let name = Path::new(picture).with_extension("txt");
    Path::new(env!("CARGO_MANIFEST_DIR")).join("window/layout").join(name)
}

/// One thing of a page: what it is, where its column begins and how wide it is, and how it lies to the thing before it.
struct Line<'a> {
    what: &'a str,
    column: (i64, i64),
    lies: &'a str,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Self {
        let mut parts = line.split('\t');
        let what = parts.next().unwrap_or_default();
        let mut number = || parts.next().and_then(|it| it.parse().ok()).unwrap_or_default();
        let column = (number(), number());
        Self { what, column, lies: parts.next().unwrap_or_default() }
    }

    fn differs(&self, now: &Self) -> Option<String> {
        let ((left, wide), (left_now, wide_now)) = (self.column, now.column);
        if (left - left_now).abs() > NEAR || (wide - wide_now).abs() > NEAR {
            return Some(format!(
                "{} lay {left} % from the left and was {wide} % wide; now it lies {left_now} % from the left and is {wide_now} % wide",
                self.what
            ));
        }
        (self.lies != now.lies).then(|| {
            format!("{} lay {} what comes before it, and now lies {} it", self.what, lies(self), lies(now))
        })
    }
}

fn lies<'a>(line: &Line<'a>) -> &'a str {
    if line.lies.is_empty() { "inside" } else { line.lies }
}

/// What moved, went or came, in sentences: both sides are walked along their longest common order.
fn moved(before: &[Line<'_>], now: &[Line<'_>]) -> Vec<String> {
    let mut common = vec![vec![0_usize; now.len() + 1]; before.len() + 1];
    for i in (0..before.len()).rev() {
        for j in (0..now.len()).rev() {
            common[i][j] = if before[i].what == now[j].what {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut said) = (0, 0, Vec::new());
    while i < before.len() || j < now.len() {
        if i < before.len() && j < now.len() && before[i].what == now[j].what {
            said.extend(before[i].differs(&now[j]));
            (i, j) = (i + 1, j + 1);
        } else if j == now.len() || i < before.len() && common[i + 1][j] >= common[i][j + 1] {
            said.push(format!("{} is no longer where it was", before[i].what));
            i += 1;
        } else {
            said.push(format!("{} is new there", now[j].what));
            j += 1;
        }
    }
    said
}

#[test]
fn a_thing_that_moved_went_or_came_is_told_in_a_sentence() {
    let before =
        ["nav “”\t0\t14", "main “”\t14\t86\tbeside", "heading 1 “Today”\t17\t80", "button “Lock”\t0\t14"];
    let now = [
        "nav “”\t0\t100",
        "main “”\t2\t96\tbelow",
        "heading 1 “Today”\t19\t79",
        "table “Due”\t17\t80\tbelow",
    ];
    let read = |lines: &[&'static str]| lines.iter().map(|it| Line::read(it)).collect::<Vec<_>>();
    assert_eq!(moved(&read(&before), &read(&before)), Vec::<String>::new());
    let said = moved(&read(&before), &read(&now));
    assert_eq!(said.len(), 4, "the heading moved less than letters do: {said:?}");
    assert!(said[0].contains("was 14 % wide; now it lies 0 % from the left and is 100 % wide"), "{said:?}");
    assert!(said[2].contains("button “Lock” is no longer where it was"), "{said:?}");
    assert!(said[3].contains("table “Due” is new there"), "{said:?}");
    let below = moved(&read(&["main “”\t0\t50\tbeside"]), &read(&["main “”\t0\t50\tbelow"]));
    assert_eq!(below, ["main “” lay beside what comes before it, and now lies below it"]);
}
