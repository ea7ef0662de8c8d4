/** A log of JSON lines as a table: what a line says under each of its members. */
import type { NumberedLine } from './filter-lines.ts';

/** A line that is no JSON object has no cells. */
interface LogRow extends NumberedLine {
  cells: (string | undefined)[] | undefined;
}

export interface LogTable {
  /** Names of members, in the order in which lines have them. */
  columns: string[];
  rows: LogRow[];
}

const MOST_COLUMNS = 8;
/** A time is worth a column though no two lines have the same; a number of a line is not. */
const TIME = /^\d{4}-\d\d-\d\dT/;

/** Undefined unless most of the lines are JSON objects. */
export function tableOf(
  all: readonly string[],
  found: readonly NumberedLine[],
): LogTable | undefined {
  const objects = all.map(objectIn);
  const known = objects.filter((object) => object !== undefined);
  if (all.length === 0 || known.length * 2 < all.length) return undefined;
  const columns = columnsOf(known);
  const rows = found.map(({ number, text }) => {
    const object = objects[number - 1];
    return { number, text, cells: object && columns.map((name) => cellOf(object[name])) };
  });
  return { columns, rows };
}

/**
 * Members by which lines differ. What is the same wherever it is said tells nothing, nor does what is
 * another in each line, as ids and MACs are. What few lines have, such as one argument, comes last.
 */
function columnsOf(objects: Record<string, unknown>[]): string[] {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const cells = (name: string): string[] => objects.flatMap((object) => cellOf(object[name]) ?? []);
  const tells = (name: string): boolean => {
    const said = cells(name);
    const different = new Set(said).size;
    return said.every((cell) => TIME.test(cell)) || (different > 1 && different < objects.length);
  };
  const isRare = (name: string): boolean =>
    name.includes('.') && cells(name).length * 2 < objects.length;
  const telling = names.filter((name) => cells(name).length > 0 && tells(name));
  const common = telling.filter((name) => !isRare(name));
  return [...common, ...telling.filter(isRare)].slice(0, MOST_COLUMNS);
}

/** A text as it is; anything else as JSON. */
function cellOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Members of members as `actor.subject`, one level deep: each has a column of its own. */
function flat(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, said]): [string, unknown] => [
            `${name}.${inner}`,
            said,
          ])
        : [[name, value] as [string, unknown]],
    ),
  );
}

function objectIn(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flat(value)
      : undefined;
  } catch {
    return undefined;
  }
}
