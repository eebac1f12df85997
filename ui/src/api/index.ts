/** The only door of the screens to Rust. */
import { Channel, invoke } from "@tauri-apps/api/core";

import { w } from "../words";
import type { Deeds } from "./types/Deeds";
import type { DrpOpenedView } from "./types/DrpOpenedView";
import type { ExportView } from "./types/ExportView";
import type { OpenedView } from "./types/OpenedView";
import type { OpenedIncident } from "./types/OpenedIncident";
import type { PacketView } from "./types/PacketView";
import type { SealedPacketView } from "./types/SealedPacketView";
import type { ToldView } from "./types/ToldView";
import type { DraftedNotices } from "./types/DraftedNotices";
import type { Gathered } from "./types/Gathered";
import type { Scope } from "./types/Scope";
import type { OrgLine } from "./types/OrgLine";
import type { Problem } from "./types/Problem";
import type { SealedView } from "./types/SealedView";
import type { VaultView } from "./types/VaultView";
import type { VerdictView } from "./types/VerdictView";
import type { MapExportView } from "./types/MapExportView";
import type { LetterView } from "./types/LetterView";
import type { WrittenView } from "./types/WrittenView";

export type { Deeds, DrpOpenedView, ExportView, OrgLine, Problem, SealedView, VaultView, VerdictView, LetterView };
export type { CalendarLine } from "./types/CalendarLine";
export type { OrgCheck } from "./types/OrgCheck";
export type { Agenda } from "./types/Agenda";
export type { RuleLine } from "./types/RuleLine";
export type { ProviderLine } from "./types/ProviderLine";
export type { SettingLine } from "./types/SettingLine";
export type { EarlierLine } from "./types/EarlierLine";
export type { CaseView } from "./types/CaseView";
export type { DraftBlank } from "./types/DraftBlank";
export type { DraftView } from "./types/DraftView";
export type { Duty } from "./types/Duty";
export type { RequestDeed } from "./types/RequestDeed";
export type { RequestView } from "./types/RequestView";
export type { Choice } from "./types/Choice";
export type { CoverageLine } from "./types/CoverageLine";
export type { FoundView } from "./types/FoundView";
export type { Hang } from "./types/Hang";
export type { GroundLine } from "./types/GroundLine";
export type { LocatingLine } from "./types/LocatingLine";
export type { LocatingView } from "./types/LocatingView";
export type { MatchCard } from "./types/MatchCard";
export type { Plan } from "./types/Plan";
export type { LogoView } from "./types/LogoView";
export type { UpdateView } from "./types/UpdateView";
export type { RequestFilter } from "./types/RequestFilter";
export type { RequestLine } from "./types/RequestLine";
export type { Step } from "./types/Step";
export type { ChangeLine } from "./types/ChangeLine";
export type { ContestLine } from "./types/ContestLine";
export type { CorrectionsView } from "./types/CorrectionsView";
export type { MaskLine } from "./types/MaskLine";
export type { PreviewRecord } from "./types/PreviewRecord";
export type { PreviewSection } from "./types/PreviewSection";
export type { PreviewView } from "./types/PreviewView";
export type { PlanView } from "./types/PlanView";
export type { ProvedValueLine } from "./types/ProvedValueLine";

export type { DecidedNotToNotify } from "./types/DecidedNotToNotify";
export type { ExerciseQuestion } from "./types/ExerciseQuestion";
export type { ExerciseView } from "./types/ExerciseView";
export type { MapField } from "./types/MapField";
export type { MapIntegration } from "./types/MapIntegration";
export type { MapReach } from "./types/MapReach";
export type { MapObjectLine } from "./types/MapObjectLine";
export type { MapOverview } from "./types/MapOverview";
export type { MapWhat } from "./types/MapWhat";
export type { AssessmentView } from "./types/AssessmentView";
export type { ChronicleView } from "./types/ChronicleView";
export type { DraftedNotices } from "./types/DraftedNotices";
export type { EventLine } from "./types/EventLine";
export type { EvidenceView } from "./types/EvidenceView";
export type { Exposure } from "./types/Exposure";
export type { ExposureLine } from "./types/ExposureLine";
export type { FactAnswer } from "./types/FactAnswer";
export type { FactLine } from "./types/FactLine";
export type { Gathered } from "./types/Gathered";
export type { HeldFinding } from "./types/HeldFinding";
export type { IncidentFound } from "./types/IncidentFound";
export type { IncidentLine } from "./types/IncidentLine";
export type { IncidentStep } from "./types/IncidentStep";
export type { IncidentStepName } from "./types/IncidentStepName";
export type { IncidentView } from "./types/IncidentView";
export type { MissingLog } from "./types/MissingLog";
export type { NoticeBlank } from "./types/NoticeBlank";
export type { NoticesView } from "./types/NoticesView";
export type { Numbers } from "./types/Numbers";
export type { OpenDuty } from "./types/OpenDuty";
export type { PersonLine } from "./types/PersonLine";
export type { RegisterView } from "./types/RegisterView";
export type { Scope } from "./types/Scope";
export type { TermsView } from "./types/TermsView";
export type { TimelineLine } from "./types/TimelineLine";

type Named<Speed> = { [Name in keyof Deeds]: Deeds[Name]["speed"] extends Speed ? Name : never }[keyof Deeds];
export type Read = Named<"read">;
export type Now = Named<"read" | "now">;
export type Long = Named<"long">;
export type Answer<Name extends keyof Deeds> = Deeds[Name]["answer"];
export type Arguments<Name extends keyof Deeds> = Deeds[Name]["arguments"];

/** A deed that answers at once. */
export const call = <Name extends Now>(name: Name, args: Arguments<Name>): Promise<Answer<Name>> => invoke(name, args);

/** A deed that tells its progress; `stop(run)` ends it at its next safe place. */
export const begin = <Name extends Long>(
  name: Name,
  args: Arguments<Name>,
  run: string,
  say: (line: string) => void,
): Promise<Answer<Name>> => invoke(name, { ...args, run, say: channel(say) });

const channel = (say: (line: string) => void): Channel<string> => {
  const lines = new Channel<string>();
  lines.onmessage = say;
  return lines;
};

export const stop = (run: string): Promise<void> => invoke("stop", { run });

/** What the first screen starts from. */
export type Start = {
  vault: string | null;
  new_vault: string;
  new_practice_vault: string;
  /** The window was opened with a sealed bundle: it is checked first. */
  bundle: boolean;
  /** The vault that is open already, when the page was loaded anew. */
  open: VaultView | null;
  version: string;
};

/** One contested value of a request to correct, as `docs/command-line.md` describes it. */
export type Contested = {
  object: string;
  id: string;
  field: string;
  held: unknown;
  claimed: unknown;
  decision: string;
  because: string;
  nature: string;
  obtained: string;
  evidence: { side: string; document: string }[];
  basis: string | null;
  facts: string;
  instead: string | null;
  source: { name: string; told: boolean } | null;
  health: boolean;
  statement: string;
  statement_field: string | null;
};

/** A list as it is shown, to be saved as a file. */
export type Table = { name: string; header: string[]; rows: string[][] };

/** One menu of the bar; what is chosen comes back by its `id`. */
export type MenuPart = { name: string; items: { id: string; name: string; key: string | null }[] };

/** What a request says about the person; empty lists are left out by nobody: the desk checks. */
export type Subject = {
  names: string[];
  emails: string[];
  phones: string[];
  addresses: { street?: string; city?: string; region?: string; postal_code?: string; country?: string }[];
  birthdate: string | null;
  account_numbers: string[];
  record_ids: string[];
  other: Record<string, string>;
};

export type NewRequest = { org: string; kind: string; receivedAt: string; channel: string; subject: Subject };

/** A letter as the officer orders it; `wording` is `null` for ours. */
export type LetterOrder = { request: string; kind: string; language: string; filled: Record<string, string>; wording: string | null };

/** Which notice is to be looked at; without a number a sample that names nobody. */
export type NoticeWanted = { place: string; number: string | null; spanish: boolean; set: Record<string, string> };

/** A sealed packet, and what checking it says. */
export type SealedIncident = { sealed: SealedPacketView; verdict: VerdictView };

export type KeptKey = { remembered: boolean };

/** What belongs to the window itself, beside the desk's deeds. */
export const own = {
  start: (): Promise<Start> => invoke("start"),
  choosePlace: (): Promise<string | null> => invoke("choose_place", { asks: w.dialogs.place }),
  chooseVault: (): Promise<string | null> => invoke("choose_vault", { asks: w.dialogs.vault }),
  createVault: (passphrase: string, practice: boolean, chosen: boolean): Promise<VaultView> =>
    invoke("create_vault", { passphrase, practice, chosen }),
  unlock: (passphrase: string): Promise<VaultView> => invoke("unlock", { passphrase }),
  /** Whether this computer's key store keeps the key of the vault. */
  keptKey: (): Promise<KeptKey> => invoke("kept_key"),
  keepKey: (keep: boolean): Promise<KeptKey> => invoke("keep_key", { keep }),
  unlockByKeptKey: (): Promise<VaultView> => invoke("unlock_by_kept_key"),
  lock: (): Promise<void> => invoke("lock"),
  /** `false`: something is being done, and the vault stays open until that has ended. */
  lockIfIdle: (): Promise<boolean> => invoke("lock_if_idle"),
  practise: (first: boolean): Promise<OrgLine | null> => invoke("practise", { first }),
  practiceSubject: (): Promise<Subject> => invoke("practice_subject"),
  signIn: (name: string, loginUrl: string, clientId: string): Promise<OrgLine> =>
    invoke("sign_in", { name, loginUrl, clientId }),
  openRequest: (request: NewRequest): Promise<OpenedView> => invoke("open_request", request),
  openSigned: (org: string, receivedAt: string | null): Promise<DrpOpenedView | null> =>
    invoke("open_signed", { org, receivedAt, messageAsks: w.dialogs.signed, keyAsks: w.dialogs.agentKey }),
  export: (request: string, run: string, say: (line: string) => void): Promise<ExportView> =>
    invoke("export", { request, run, say: channel(say), password: null }),
  letter: (letter: LetterOrder): Promise<LetterView> => invoke("letter", letter),
  letterPreview: (letter: LetterOrder): Promise<ArrayBuffer> => invoke("letter_preview", letter),
  saveTable: (table: Table): Promise<WrittenView | null> => invoke("save_table", { table, asks: w.dialogs.table }),
  menu: (parts: MenuPart[], chosen: (id: string) => void): Promise<void> => invoke("menu", { parts, say: channel(chosen) }),
  zoom: (factor: number): Promise<void> => invoke("zoom", { factor }),
  print: (): Promise<void> => invoke("print"),
  seal: (request: string): Promise<SealedView> => invoke("seal", { request }),
  openIncident: (title: string, discoveredAt: string, org: string | null): Promise<OpenedIncident> =>
    invoke("open_incident", { title, discoveredAt, org }),
  gatherFiles: (incident: string, folder: boolean, run: string, say: (line: string) => void): Promise<Gathered | null> =>
    invoke("gather_files", { incident, folder, run, say: channel(say), asks: w.dialogs.logs }),
  gatherDropped: (incident: string, run: string, say: (line: string) => void): Promise<Gathered> =>
    invoke("gather_dropped", { incident, run, say: channel(say) }),
  noticePreview: (incident: string, wanted: NoticeWanted): Promise<ArrayBuffer> => invoke("notice_preview", { incident, wanted }),
  beginExercise: (org: string, discoveredAt: string, run: string, say: (line: string) => void): Promise<OpenedIncident> =>
    invoke("begin_exercise", { org, discoveredAt, run, say: channel(say) }),
  gatherPractice: (incident: string, free: boolean, run: string, say: (line: string) => void): Promise<Gathered> =>
    invoke("gather_practice", { incident, free, run, say: channel(say) }),
  scopeExport: (incident: string, run: string, say: (line: string) => void): Promise<Scope | null> =>
    invoke("scope_export", { incident, run, say: channel(say), asks: w.dialogs.export }),
  draftNotices: (incident: string, set: Record<string, string>, spanish: boolean): Promise<DraftedNotices> =>
    invoke("draft_notices", { incident, set, spanish }),
  assemblePacket: (incident: string, factsOnly: boolean): Promise<PacketView> => invoke("assemble_packet", { incident, factsOnly }),
  tell: (incident: string, recipient: string, at: string, reference: string): Promise<ToldView> =>
    invoke("tell", { incident, recipient, at, reference }),
  sealPacket: (incident: string): Promise<SealedIncident> => invoke("seal_packet", { incident }),
  exportMap: (org: string): Promise<MapExportView | null> => invoke("export_map", { org, asks: w.dialogs.map }),
  showIncidentFolder: (incident: string): Promise<void> => invoke("show_incident_folder", { incident }),
  openLetter: (request: string, file: string): Promise<void> => invoke("open_letter", { request, file }),
  showFolder: (request: string): Promise<void> => invoke("show_folder", { request }),
  verifyBundle: (): Promise<VerdictView | null> => invoke("verify_bundle", { asks: w.dialogs.bundle }),
};

/** What a refused deed throws: always a problem with a next step. */
export function asProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "next_step" in thrown) {
    return thrown as Problem; // the desk sends exactly this shape
  }
  return {
    code: "window",
    message: "The window could not reach the program behind it. Nothing was changed.",
    next_step: "Close the window and open it again.",
  };
}
