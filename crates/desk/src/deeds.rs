//! The one list of deeds that a window may call. The window's commands and the screens' type map both come from it.

/// Hands every deed to the macro named: `read` only looks (or keeps a form that is not finished), `now` does something at once, `long` tells its progress and can be
/// stopped. A window does one deed at a time, and looks while it does.
/// A deed reads `SPEED NAME(ARGUMENT: TYPE, …) -> TYPE = |desk| CALL`, with `|desk, progress|` when it is long.
#[macro_export]
macro_rules! deeds {
    ($then:ident) => {
        $then! {
            read requests() -> Vec<$crate::views::RequestLine> = |desk| desk.requests();
            read case_view(request: String) -> $crate::case_view::CaseView = |desk| desk.case_view(&request);
            read found(request: String) -> Option<$crate::case_view::FoundView> = |desk| desk.found(&request);
            read locating(request: String) -> Option<$crate::views::LocatingView> = |desk| desk.locating(&request);
            read plan(request: String) -> Option<$crate::views::PlanView> = |desk| desk.plan(&request);
            read outcomes(request: String) -> Option<$crate::views::CarriedOutView> = |desk| desk.outcomes(&request);
            read latest_proof(request: String) -> Option<$crate::views::ProvedView> = |desk| desk.latest_proof(&request);
            read timeline(request: String) -> Vec<$crate::case_view::TimelineLine> = |desk| desk.timeline(&request);
            read grounds_to_keep() -> Vec<$crate::case_view::GroundLine> = |desk| desk.grounds_to_keep();
            read agenda() -> $crate::views::asking::Agenda = |desk| desk.agenda();
            read law_rules() -> Vec<$crate::views::RuleLine> = |_desk| $crate::law_book::rules();
            read law_calendars() -> Vec<$crate::views::CalendarLine> = |_desk| $crate::law_book::calendars();
            read settings() -> $crate::views::SettingsView = |desk| desk.settings();
            now set(key: String, text: String) -> $crate::views::SettingsView = |desk| desk.set(&key, &text);
            read logo() -> Option<$crate::logo::LogoView> = |desk| desk.logo();
            now set_logo(png: Option<Vec<u8>>) -> Option<$crate::logo::LogoView> = |desk| desk.set_logo(png.as_deref());
            read providers() -> Vec<$crate::views::providers::ProviderLine> = |desk| desk.providers();
            now add_provider(entry: $crate::views::providers::ProviderLine) -> $crate::views::providers::ProviderLine =
                |desk| desk.add_provider(&entry);
            now change_provider(entry: $crate::views::providers::ProviderLine) -> $crate::views::providers::ProviderLine =
                |desk| desk.change_provider(&entry);
            now remove_provider(name: String) -> Vec<$crate::views::providers::ProviderLine> = |desk| desk.remove_provider(&name);
            read saved_views() -> Vec<$crate::saved_views::SavedView> = |desk| desk.saved_views();
            now save_view(name: String, of: $crate::saved_views::RequestFilter) -> Vec<$crate::saved_views::SavedView> =
                |desk| desk.save_view(&name, &of);
            now rename_view(name: String, to: String) -> Vec<$crate::saved_views::SavedView> =
                |desk| desk.rename_view(&name, &to);
            now drop_view(name: String) -> Vec<$crate::saved_views::SavedView> = |desk| desk.drop_view(&name);
            read kept_form(place: String, name: String) -> Option<serde_json::Value> = |desk| desk.kept_form(&place, &name);
            read keep_form(place: String, name: String, body: Option<serde_json::Value>) -> () =
                |desk| desk.keep_form(&place, &name, body.as_ref());
            read orgs() -> Vec<$crate::views::OrgLine> = |desk| desk.orgs();
            now acknowledge(request: String, how: String) -> $crate::views::asking::AcknowledgedView =
                |desk| desk.acknowledge(&request, &how);
            now identify(request: String, points: Vec<String>, declaration: Option<Vec<u8>>) -> $crate::views::IdentifiedView =
                |desk| desk.identify(&request, &$crate::Proofs { points: &points, declaration: declaration.as_deref(), ..Default::default() });
            now confirm(request: String) -> $crate::views::asking::ConfirmedView = |desk| desk.confirm(&request);
            now extend(request: String, because: String) -> $crate::views::asking::ExtendedView =
                |desk| desk.extend(&request, &because);
            now deny(request: String, reason: String, ground: Option<String>, scope: Option<String>) -> $crate::views::asking::DeniedView =
                |desk| desk.deny(&request, &reason, ground.as_deref(), scope.as_deref());
            now accept(request: String, confidences: Vec<String>) -> $crate::views::ReviewView =
                |desk| desk.accept(&request, &confidences);
            now choose(request: String, choices: Vec<$crate::case_view::Choice>) -> $crate::views::ReviewView =
                |desk| desk.choose(&request, &choices);
            now take(request: String, ids: Vec<String>) -> $crate::views::ReviewView =
                |desk| desk.take(&request, &ids);
            read contests(request: String) -> Vec<$crate::views::values::ContestLine> = |desk| desk.contests(&request);
            long correct(request: String, file: String, documents: Vec<(String, Vec<u8>)>, copies: bool) -> $crate::views::values::CorrectionsView =
                |desk, progress| desk.correct(&request, file.as_bytes(), &documents, copies, &progress);
            long masks(request: String) -> $crate::views::MasksView = |desk, progress| desk.masks(&request, &progress);
            long preview(request: String) -> $crate::views::export::PreviewView =
                |desk, progress| desk.preview(&request, &progress);
            now choose_masks(request: String, choices: Vec<$crate::views::MaskChoice>) -> $crate::views::MasksDecidedView =
                |desk| desk.choose_masks(&request, &choices);
            now undecide(request: String, ids: Vec<String>) -> $crate::views::ReviewView =
                |desk| desk.undecide(&request, &ids);
            now approve(request: String, plan: String, by: Option<String>) -> $crate::views::ApprovedView =
                |desk| desk.approve(&request, &plan, by.as_deref());
            now close(request: String, outcome: String, reason: Option<String>) -> $crate::views::RequestView =
                |desk| desk.close(&request, &outcome, reason.as_deref());
            read letter_draft(request: String, letter: String, language: String) -> $crate::views::DraftView =
                |desk| desk.letter_draft(&request, &letter, &language);
            read incidents() -> Vec<$crate::incident::IncidentLine> = |desk| desk.incidents();
            read incident(incident: String) -> $crate::incident::IncidentView = |desk| desk.incident(&incident);
            read incident_ledger(incident: String) -> Vec<$crate::case_view::TimelineLine> = |desk| desk.incident_ledger(&incident);
            read incident_terms() -> $crate::incident::TermsView = |_desk| Ok($crate::incident::terms());
            read incident_found(incident: String, strength: String) -> Option<$crate::incident::FoundView> =
                |desk| desk.incident_found(&incident, &strength);
            read finding_evidence(incident: String, finding: String) -> $crate::incident::EvidenceView =
                |desk| desk.finding_evidence(&incident, &finding);
            read incident_chronicle(incident: String) -> $crate::incident::ChronicleView = |desk| desk.incident_chronicle(&incident);
            read incident_scope(incident: String) -> Option<$crate::incident::Scope> = |desk| desk.incident_scope(&incident);
            read incident_persons(incident: String, place: Option<String>) -> $crate::incident::PersonsView =
                |desk| desk.incident_persons(&incident, place.as_deref());
            read incident_facts(incident: String) -> Vec<$crate::incident::FactLine> = |desk| desk.incident_facts(&incident);
            read latest_assessment(incident: String) -> Option<$crate::incident::AssessmentView> =
                |desk| desk.latest_assessment(&incident);
            read notices(incident: String, spanish: bool) -> $crate::incident::NoticesView = |desk| desk.notices(&incident, spanish);
            read incident_register(incident: String) -> $crate::incident::RegisterView = |desk| desk.incident_register(&incident);
            now confirm_finding(incident: String, finding: String, because: String) -> $crate::incident::HeldFinding =
                |desk| desk.confirm_finding(&incident, &finding, &because);
            now dismiss_finding(incident: String, finding: String, because: String) -> $crate::incident::HeldFinding =
                |desk| desk.dismiss_finding(&incident, &finding, &because);
            now assess_answers(incident: String, answers: Vec<$crate::incident::FactAnswer>) -> $crate::incident::AssessmentView =
                |desk| desk.assess_answers(&incident, &answers);
            long gather_from_org(incident: String, suspects: bool) -> $crate::incident::Gathered = |desk, progress| {
                let span = $crate::Span { only_suspects: suspects, ..Default::default() };
                desk.gather_from_org(&incident, span, &progress)
            };
            long examine(incident: String, strength: String) -> $crate::incident::FoundView =
                |desk, progress| async { desk.find(&incident, &strength, &progress) };
            long scope_from_org(incident: String) -> $crate::incident::Scope =
                |desk, progress| desk.scope_incident(&incident, None, None, &progress);
            read notice_people(incident: String, place: String) -> $crate::incident::NoticePeople =
                |desk| desk.notice_people(&incident, &place);
            now decide_not_to_notify(incident: String, rule: String, because: String, by: String) -> $crate::incident::AssessmentView =
                |desk| desk.decide_not_to_notify(&incident, &rule, &because, &by);
            read exercise(incident: String) -> Option<$crate::incident::ExerciseView> = |desk| desk.exercise(&incident);
            now answer_exercise(incident: String, question: String, answer: Vec<String>) -> $crate::incident::ExerciseView =
                |desk| desk.answer_exercise(&incident, &question, &answer);
            read maps() -> Vec<$crate::data_map::MapLine> = |desk| desk.maps();
            read map_overview(org: String, incident: Option<String>) -> Option<$crate::data_map::MapOverview> =
                |desk| desk.map_overview(&org, incident.as_deref());
            read map_object(org: String, object: String) -> $crate::views::data_map::MapObject = |desk| desk.map_object(&org, &object);
            now confirm_map_field(org: String, object: String, field: String, answers: Vec<$crate::data_map::MapAnswer>) -> $crate::views::data_map::MapField =
                |desk| desk.confirm_map_field(&org, &object, &field, &answers);
            long build_map(org: String) -> $crate::views::data_map::MapBuiltView = |desk, progress| desk.build_map(&org, &progress);
            long check_org(name: String) -> $crate::views::OrgCheck = |desk, progress| desk.check_org(&name, &progress);
            long look_for_update() -> $crate::updates::UpdateView = |desk, _progress| desk.look_for_update();
            long locate(request: String) -> $crate::views::LocatedView =
                |desk, progress| desk.locate(&request, None, &progress);
            long rehearse(request: String) -> $crate::views::PlanView =
                |desk, progress| desk.rehearse(&request, &progress);
            long carry_out(request: String, plan: String, purge: bool) -> $crate::views::CarriedOutView =
                |desk, progress| desk.carry_out(&request, &plan, purge, &progress);
            long undo(request: String) -> $crate::views::CarriedOutView = |desk, progress| desk.undo(&request, &progress);
            long prove(request: String) -> $crate::views::ProvedView = |desk, progress| desk.prove(&request, &progress);
        }
    };
}
