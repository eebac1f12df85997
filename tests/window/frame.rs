//! The frame around the page: a second start, its language, high contrast, and a practice vault that is
//! offered as a real one.

use crate::browser::{Browser, ENTER};
use crate::steps::{choose, step, unlock, unlocked};

#[test]
fn a_second_start_hands_its_bundle_to_the_open_window_which_tells_that_it_is_from_practice() {
    let (_org, desk) = crate::three_requests();
    let bundle = desk.path("from-a-colleague.zip");
    desk.done(&["request", "seal", "R-2026-0001", "--to", &bundle]);
    let window = Browser::open_as(desk.folder.path(), "Adwaita", true);
    unlock(&window);
    // The vault is a practice one, whatever it is offered as: no page of it is without the word.
    window.find("//header[contains(., 'Practice vault')]");
    let second = window.start_again(&bundle);
    assert!(second.success(), "the second start ends well: {second}");
    window.find("//h1[normalize-space()='Check a bundle']");
    window.sees("Intact: nothing was changed since it was sealed.");
    window.sees("PRACTICE: made with invented data");
    window.picture("70-second-start.png");
}

#[test]
fn the_window_speaks_spanish_when_asked_and_the_vault_stays_open() {
    let (_org, desk) = crate::three_requests();
    let window = unlocked(&desk, false);
    window.press("Settings");
    choose(&window, "Language", "Esp");
    window.find("//h1[normalize-space()='Hoy']");
    window.press("Solicitudes");
    window.sees("primero la que vence antes");
    window.picture("71-spanish.png");
    window.press("Ajustes");
    window.sees("Aprueba una segunda persona");
    window.picture("72-spanish-settings.png");

    // What the desk says is Spanish as well: why a record is theirs, what was looked at, what was done, what is missing.
    window.press("Solicitudes");
    window.press("R-2026-0001");
    step(&window, "Revisar");
    window.sees("contiene ana.lindqvist@example.com, el correo de la persona.");
    window.picture("72-spanish-review.png");
    step(&window, "Localizar");
    window.sees("Se filtró, y cada fila se comparó aquí.");
    step(&window, "Historia");
    window.find("//th[normalize-space()='Identidad comprobada']");
    window.sees("llamadas a la API: ");
    window.picture("72-spanish-timeline.png");
    step(&window, "Eliminar");
    window.sees("Todavía no se decidió sobre nada de lo encontrado.");
    let english = window.script(
        "return [...document.querySelectorAll('main [lang=en]')].filter((it) => !it.closest('.how > p')).map((it) => it.textContent);",
    );
    assert_eq!(english, serde_json::json!([]), "only titles of rules stay in the language of the law");

    // And what goes wrong.
    window.press("Bloquear");
    let passphrase = window.find("//input[@type='password']");
    window.type_into(&passphrase, &format!("not the passphrase{ENTER}"));
    let problem = window.text(&window.find("//*[@role='alert']"));
    assert!(
        problem.contains("La frase de contraseña no abre esta bóveda. No se cambió nada."),
        "what happened: {problem}"
    );
    assert!(problem.contains("Escriba otra vez la frase de contraseña."), "what to do next: {problem}");
    window.picture("72-spanish-problem.png");
}

#[test]
fn in_high_contrast_everything_that_was_told_by_a_shade_is_told_by_a_line() {
    let (_org, desk) = crate::three_requests();
    let window = Browser::open_as(desk.folder.path(), "HighContrast", false);
    unlock(&window);
    let more = window.script("return matchMedia('(prefers-contrast: more)').matches;");
    assert_eq!(more, true, "the system asks for more contrast and the page hears it");
    window.press("Requests");
    let here = window
        .script("return getComputedStyle(document.querySelector('nav button[aria-current]')).outlineStyle;");
    assert_eq!(here, "solid", "the room one is in has an outline");
    window.picture("73-high-contrast.png");
}
