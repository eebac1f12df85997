import { useCallback, useEffect, useRef } from "react";

import { type DrpOpenedView, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { Foreign } from "../parts/Foreign";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import type { Go } from "../shell/place";
import { w } from "../words";

type Props = { org: string; receivedAt: string | null; onOpened: (opened: DrpOpenedView) => void };

/** Opens a request that an agent signed: two files are chosen, the message and the agent's key. */
export function Signed({ org, receivedAt, onOpened }: Props) {
  const deed = useDeed(
    useCallback(async () => {
      const opened = await own.openSigned(org, receivedAt);
      if (opened !== null) {
        onOpened(opened);
      }
      return opened;
    }, [org, receivedAt, onOpened]),
  );
  return (
    <>
      <DeedButton deed={deed} quiet missing={org === "" ? w.open.noOrg : null}>
        {w.open.signed}
      </DeedButton>
      <p className="quiet measure">{w.open.signedWhy}</p>
    </>
  );
}

/** What the message said, and what was not checked, before the case is gone to. */
export function SignedOpened({ opened, go }: { opened: DrpOpenedView; go: Go }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { drp, warnings } = opened;
  const s = w.open.signedFacts;
  const verified = drp.verified_by_agent.map((it) => s.verified[it] ?? it).join(", ");
  return (
    <section className="form">
      <h1 ref={heading} tabIndex={-1}>
        {w.open.signedOpened(opened.request)}
      </h1>
      <p>{w.open.signedGood}</p>
      <Facts
        facts={[
          [s.agent, <Foreign key="agent">{drp.agent_id}</Foreign>],
          [s.reference, <Foreign key="reference">{drp.agent_request_id ?? s.nothing}</Foreign>],
          [s.right, <code key="right">{drp.exercise}</code>],
          [s.verifiedBy, verified === "" ? s.nothing : verified],
          [s.power, drp.power_of_attorney ? s.yes : s.no],
        ]}
      />
      {warnings.map((it) => (
        <p key={it}>
          <Said>{it}</Said>
        </p>
      ))}
      <button type="button" onClick={() => go({ at: "case", request: opened.request, step: "" })}>
        {w.open.signedGo}
      </button>
    </section>
  );
}
