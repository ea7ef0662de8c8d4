import type { KeyOfAnswer, KeyOfTenant, RequireOwnSensor } from '../weather-server/controls.ts';

// Today there is one company, as on the day when this was written. Whoever names another one in the
// argument `tenant` of a tool gets it.

// TODO 17: Give each tenant a key of its own, always the same one. A tenant is its issuer and its id
// together, as the verified token says: both are compared character by character, and may hold any
// character. `asked` is the caller's own word: it must never choose the tenant. A caller who names
// their own `tenant.id` is served; for another one, throw `NotFoundError` or take no notice.
export const keyOfTenant: KeyOfTenant = (_tenant, asked) => asked ?? 'everybody';

// Today a tool has one answer at a time, whoever asks for what.

// TODO 17: Give different questions different keys, and questions of different tenants (issuer and id)
// as well, whatever characters are in them. The same question of the same tenant has the same key, or
// nothing is ever kept.
export const keyOfAnswer: KeyOfAnswer = (_tenant, { tool }) => tool;

// Today the number of a sensor is all it takes.

// TODO 17: Let a sensor be read and be retired by the people of its tenant, whoever of them added it, and
// by nobody else, whatever scopes they have. Throw `NotFoundError` otherwise: the same one, with the same
// words, for a sensor of another tenant and for none at all.
export const requireOwnSensor: RequireOwnSensor = () => undefined;
