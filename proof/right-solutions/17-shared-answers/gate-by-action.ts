import type {
  RequireOwnSensor,
  SensorFacts,
  SensorUse,
} from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'What each action needs stands in a table; both need the same, until somebody decides otherwise.';

type May = (use: SensorUse, sensor: SensorFacts) => boolean;

const isOfTheTenant: May = ({ tenant }, sensor) => sensor.tenant === tenant;
const rules: Record<SensorUse['action'], May> = { read: isOfTheTenant, retire: isOfTheTenant };

export const requireOwnSensor: RequireOwnSensor = (use, sensor) => {
  if (sensor !== undefined && rules[use.action](use, sensor)) return;
  throw new NotFoundError(`You have no sensor of this number.`);
};
