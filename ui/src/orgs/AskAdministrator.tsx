import type { Problem } from "../api";
import { w } from "../words";

type Props = { problem: Problem; name: string; url: string; client: string };

/** Where an org refuses the app: what to send to the administrator, ready to be copied. `null` for any other problem. */
export function AskAdministrator({ problem, name, url, client }: Props) {
  const asked = w.admin.ask[problem.code];
  if (asked === undefined) {
    return null;
  }
  return (
    <label>
      {w.admin.send} <span className="hint">{w.admin.sendHint}</span>
      <textarea readOnly rows={9} value={w.admin.message(asked, name, url, client)} onFocus={(event) => event.target.select()} />
    </label>
  );
}
