import type { ControlName, SecurityControls } from '../../exercises/weather-server/controls.ts';
import { controlTable } from './table.ts';

/** The reference as neighbours of the controls under attack: see `milder-neighbours.ts`. */
export function stepAside(
  reference: SecurityControls,
  underAttack: ControlName[],
): SecurityControls {
  const milder = underAttack.map((name) => controlTable[name].milder?.(reference) ?? {});
  return Object.assign({}, reference, ...milder) as SecurityControls;
}
