import { ColumnHeads } from "../parts/ColumnHeads";

/** A small table whose first column names the row. */
export const Table = ({ columns, rows }: { columns: string[]; rows: string[][] }) => (
  <table className="dense wide">
    <ColumnHeads of={columns} />
    <tbody>
      {rows.map((cells, n) => (
        <tr key={n}>
          {cells.map((cell, place) =>
            place === 0 ? (
              <th key={place} scope="row">
                {cell}
              </th>
            ) : (
              <td key={place}>{cell}</td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);
