/** What `npm run serve -- solutions` serves. The audit log goes to standard output, the tape nowhere. */
import { createWeatherServer } from '../../../exercises/weather-server/server.ts';
import { createKeyRing } from '../../../exercises/weather-server/signing-keys.ts';
import { createWorld } from '../../../exercises/weather-server/world/world.ts';
import { composeControls } from '../../../lab/controls/compose-controls.ts';
import { importRunKeys } from '../../../lab/run-keys.ts';
import { watchRefusals } from '../../../lab/controls/watch-refusals.ts';
import { writeLine } from './write-line.ts';
import type { CreateListener } from './load-server.ts';

export const createListener: CreateListener = async (config, keys) => {
  const world = createWorld();
  const controls = await composeControls(
    { kind: 'reference' },
    {
      fault(control, message) {
        throw new Error(`${control}: ${message}`);
      },
    },
  );
  world.tape.follow((entry) => {
    if (entry.kind === 'audit') writeLine(entry.line);
  });
  const ring = createKeyRing(await importRunKeys(keys));
  return createWeatherServer(watchRefusals(controls, world.tape), world, config, ring);
};
