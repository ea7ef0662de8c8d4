import type { PresentSensor } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'What an answer shows is a tree of names, which one function follows to its leaves.';

interface Tree {
  [name: string]: true | Tree;
}

const SHOWN: Tree = {
  id: true,
  name: true,
  city: true,
  description: true,
  gateway: { host: true, port: true },
  readings: { at: true, temperatureC: true },
};

export const presentSensor: PresentSensor = (row) => pick(row, SHOWN);

function pick(from: object, tree: Tree): Record<string, unknown> {
  const members = new Map<string, unknown>(Object.entries(from));
  return Object.fromEntries(
    Object.entries(tree).map(([name, inside]) => [name, follow(members.get(name), inside)]),
  );
}

function follow(value: unknown, inside: true | Tree): unknown {
  if (inside === true) return typeof value === 'object' ? undefined : value;
  if (Array.isArray(value)) return value.map((one: unknown) => follow(one, inside));
  return typeof value === 'object' && value !== null ? pick(value, inside) : undefined;
}
