//! The one list of deeds that a window may call. The window's commands and the screens' type map both come from it.

/// Hands every deed to the macro named: `now` answers at once, `long` tells its progress and can be stopped.
/// A deed reads `SPEED NAME(ARGUMENT: TYPE, …) -> TYPE = |desk| CALL`, with `|desk, progress|` when it is long.
#[macro_export]
macro_rules! deeds {
    ($then:ident) => {
        $then! {
            now requests() -> Vec<$crate::views::RequestLine> = |desk| desk.requests();
            now case_view(request: String) -> $crate::case_view::CaseView = |desk| desk.case_view(&request);
            now found(request: String) -> Option<$crate::case_view::FoundView> = |desk| desk.found(&request);
            now plan(request: String) -> Option<$crate::views::PlanView> = |desk| desk.plan(&request);
            now outcomes(request: String) -> Option<$crate::views::CarriedOutView> = |desk| desk.outcomes(&request);
            now latest_proof(request: String) -> Option<$crate::views::ProvedView> = |desk| desk.latest_proof(&request);
            now timeline(request: String) -> Vec<$crate::case_view::TimelineLine> = |desk| desk.timeline(&request);
            now grounds_to_keep() -> Vec<$crate::case_view::GroundLine> = |desk| desk.grounds_to_keep();
            now orgs() -> Vec<$crate::views::OrgLine> = |desk| desk.orgs();
            now identify(request: String, points: Vec<String>) -> $crate::views::IdentifiedView =
                |desk| desk.identify(&request, &points, None, None);
            now accept(request: String, confidences: Vec<String>) -> $crate::views::ReviewView =
                |desk| desk.accept(&request, &confidences);
            now choose(request: String, choices: Vec<$crate::case_view::Choice>) -> $crate::views::ReviewView =
                |desk| desk.choose(&request, &choices);
            now undecide(request: String, ids: Vec<String>) -> $crate::views::ReviewView =
                |desk| desk.undecide(&request, &ids);
            now approve(request: String, plan: String) -> $crate::views::ApprovedView =
                |desk| desk.approve(&request, &plan);
            now close(request: String, outcome: String) -> $crate::views::RequestView =
                |desk| desk.close(&request, &outcome);
            long check_org(name: String) -> $crate::views::OrgCheck = |desk, progress| desk.check_org(&name, &progress);
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
