import { w } from "../words";

export type Door = "practise" | "create" | "open" | "check";

const DOORS: { door: Door; name: string; why: string }[] = [
  { door: "practise", name: w.first.practise, why: w.first.practiseWhy },
  { door: "create", name: w.first.connect, why: w.first.connectWhy },
  { door: "open", name: w.first.open, why: w.first.openWhy },
  { door: "check", name: w.first.check, why: w.first.checkWhy },
];

/** Where a first start begins. */
export function Doors({ onDoor }: { onDoor: (door: Door) => void }) {
  return (
    <>
      <h1>{w.first.title}</h1>
      <p className="lead">{w.first.lead}</p>
      <p className="quiet">{w.first.kept}</p>
      <h2>{w.first.doors}</h2>
      <ul className="doors">
        {DOORS.map(({ door, name, why }) => (
          <li key={door}>
            <button type="button" className="door" aria-describedby={`door-${door}`} onClick={() => onDoor(door)}>
              {name}
            </button>
            <p id={`door-${door}`} className="quiet">
              {why}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
