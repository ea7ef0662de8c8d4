import type {
  KeyOfAnswer,
  KeyOfTenant,
  RequireOwnSensor,
} from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Keys are written by an object, as netstrings: each part with its length before it and a comma behind.';

class KeyWriter {
  #written = '';

  add(...parts: string[]): this {
    for (const part of parts) this.#written += `${part.length}:${part},`;
    return this;
  }

  get key(): string {
    return this.#written;
  }
}

export const keyOfTenant: KeyOfTenant = ({ issuer, id }, asked) => {
  if (asked !== undefined && asked !== id) throw new NotFoundError('There is no such company.');
  return new KeyWriter().add(issuer, id).key;
};

export const keyOfAnswer: KeyOfAnswer = ({ issuer, id }, { tool, arguments: args }) => {
  const writer = new KeyWriter().add(issuer, id, tool);
  for (const name of Object.keys(args).toSorted()) {
    const value = args[name];
    if (value !== undefined) writer.add(name, value);
  }
  return writer.key;
};

export const requireOwnSensor: RequireOwnSensor = (use, sensor) => {
  if (!sensor || use.tenant !== sensor.tenant) throw new NotFoundError('This number is not known.');
};
