/** A store as the lab sees it: what the instances may ask of it, and what only the lab may. */
import type { StoreStep } from '../../exercises/weather-server/world/shared-store.ts';

export interface StoreBackend {
  /** For people: which program keeps it. */
  readonly name: string;
  /** Does one step at once, after all that were asked for before it; gives what `createSharedStore` makes an answer of. */
  run(step: StoreStep): Promise<unknown>;
  /** Moves the store's clock forward by so many milliseconds, lives of keys included. */
  passTime(milliseconds: number): Promise<void>;
  /** Forgets everything, as a store without persistence does when it is started again. */
  forget(): Promise<void>;
  /** All that whoever reads the store can see: keys, and what is under them. */
  contents(): Promise<string[]>;
}
