//! The eye of these tests itself: what is laid out wrong, or painted too faintly in one of both schemes, is seen where it is made.

use tempfile::TempDir;

use crate::browser::Browser;

/// Puts something onto the page of the first start; the page takes no style that stands in its text.
fn with(window: &Browser, html: &str) -> Vec<String> {
    window.script(&format!(
        "document.getElementById('made')?.remove(); const made = document.createElement('div'); made.id = 'made'; \
         made.innerHTML = `{html}`.replaceAll('style=', 'data-style='); \
         for (const it of made.querySelectorAll('[data-style]')) it.style.cssText = it.dataset.style; document.querySelector('main, #root > *').append(made);"
    ));
    window.breaks()
}

#[test]
fn what_is_laid_out_wrong_is_seen_and_what_is_meant_so_is_not() {
    let folder = TempDir::new().expect("a folder");
    let window = Browser::open(folder.path(), false);
    window.sees("Where would you like to begin?");
    let meant = [
        "<p>A sentence with an <a href='#a' class='link'>inline link</a> in it.</p>",
        "<div style='position:sticky;top:0'>Stays</div>",
        "<p title='whole' style='width:9rem;overflow:hidden;white-space:nowrap;text-overflow:ellipsis'>A name that is longer than its room</p>",
        "<p style='width:9rem;overflow-wrap:anywhere'>ana.lindqvist.of.the.long.street@example.com</p>",
        "<label><input type='checkbox'> With a label that is hit as well</label>",
    ];
    for html in meant {
        assert_eq!(with(&window, html), Vec::<String>::new(), "{html}");
    }
    let wrong = [
        ("<p>Above</p><p style='margin-top:-2.3rem'>Below</p>", "lie over each other"),
        ("<p>Words</p><button style='position:relative;top:-2.5rem'>Deed</button>", "lie over each other"),
        (
            "<p style='width:6rem;overflow:hidden;white-space:nowrap'>A name that is cut off</p>",
            "is cut off at its side",
        ),
        ("<p style='height:1rem;overflow:hidden'>One line<br>and another</p>", "is cut off below"),
        ("<button style='padding:0;height:1rem'>Low</button>", "is only"),
        ("<button style='position:absolute;left:-3rem'>Half outside</button>", "lies outside the window"),
        ("<p style='font-size:9px'>Fine print</p>", "is only 9.0 px high"),
        ("<p style='width:3rem;overflow-wrap:anywhere'>Categories</p>", "is broken over"),
        ("<p style='width:2rem;overflow-wrap:anywhere'>ana.lindqvist@example.com</p>", "is broken over"),
        (
            "<div style='width:9rem;overflow:auto'><p style='width:20rem'>Far</p></div>",
            "has to be scrolled sideways",
        ),
        ("<p style='width:200vw'>Far</p>", "wider than the window"),
    ];
    for (html, sentence) in wrong {
        let told = with(&window, html);
        assert!(told.iter().any(|it| it.contains(sentence)), "{html}: {told:?}");
    }
}

#[test]
fn a_colour_that_is_too_faint_in_one_of_both_schemes_is_seen_in_either() {
    let folder = TempDir::new().expect("a folder");
    for dark in [false, true] {
        let window = Browser::open(folder.path(), dark);
        window.sees("Where would you like to begin?");
        assert_eq!(window.faults(), Vec::<String>::new());
        let ground = "return getComputedStyle(document.body).backgroundColor;";
        let before = window.script(ground);
        for (colour, scheme) in [("#c4beb1", "light: color-contrast"), ("#504c45", "dark: color-contrast")] {
            with(&window, &format!("<p style='color:{colour}'>Words</p>"));
            let told = window.faults();
            assert!(told.iter().any(|it| it.starts_with(scheme)), "{colour}: {told:?}");
            assert_eq!(told.len(), 1, "only there: {told:?}");
        }
        assert_eq!(window.script(ground), before, "the page is painted as the system wants it afterwards");
    }
}
