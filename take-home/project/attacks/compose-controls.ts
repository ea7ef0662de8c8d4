/** The controls of this project, whatever a target is asked to be. */
import path from 'node:path';
import type { ControlName, SecurityControls } from '../../../exercises/weather-server/controls.ts';
import { controlsOf, topicsWithControls } from '../../../lab/controls/files.ts';
import { holdToContract, type ControlWatch } from '../../../lab/controls/hold-to-contract.ts';
import type { TargetSpec } from '../../../lab/target-spec.ts';

/** A file of controls that cannot be used. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly file: string;
  constructor(message: string, file: string) {
    super(message);
    this.file = file;
  }
}

/** @param _spec what a target is asked to be in the workbook; here there is only this one */
export async function composeControls(
  _spec: TargetSpec,
  watch: ControlWatch,
): Promise<SecurityControls> {
  // Loaded late, as in the workbook: by now all that a verdict passes through is locked.
  const controls: Partial<Record<ControlName, unknown>> = await loadControls();
  for (const topic of topicsWithControls) {
    for (const [name, file] of Object.entries(controlsOf(topic)) as [ControlName, string][]) {
      const place = path.join(import.meta.dirname, '..', 'src', topic, file);
      controls[name] = holdToContract(name, controls[name], place, watch);
    }
  }
  return controls as SecurityControls;
}

async function loadControls(): Promise<SecurityControls> {
  try {
    const { controls } = await import('../src/controls.ts');
    return { ...controls };
  } catch (error) {
    throw new LoadError(String(error), 'src/controls.ts');
  }
}
