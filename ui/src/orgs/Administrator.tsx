import { useCallback, useEffect, useRef } from "react";

import { own } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";

/** What the Salesforce administrator does before anybody can sign in: to be read, printed or sent. */
export function Administrator({ onBack }: { onBack: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const print = useDeed(useCallback(() => own.print(), []));
  return (
    <article className="paper">
      <h1 ref={heading} tabIndex={-1}>
        {w.admin.title}
      </h1>
      <p className="measure">{w.admin.lead}</p>
      {w.admin.parts.map(([title, steps]) => (
        <section key={title}>
          <h2>{title}</h2>
          <ol>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ))}
      <section>
        <h2>{w.admin.permissionsTitle}</h2>
        <table>
          <caption>{w.admin.permissionsLead}</caption>
          <ColumnHeads of={w.admin.columns} />
          <tbody>
            {w.admin.permissions.map(([name, why]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="deeds unprinted">
        <DeedButton deed={print}>{w.admin.print}</DeedButton>
        <button type="button" className="quiet-button" onClick={onBack}>
          {w.parts.back}
        </button>
      </div>
    </article>
  );
}
