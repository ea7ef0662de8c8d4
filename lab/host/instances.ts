/** The weather servers of this process, one for each firing. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Express } from 'express';
import type {
  ControlName,
  ExternalIssuer,
  SecurityControls,
  ServerConfig,
} from '../../exercises/weather-server/controls.ts';
import { skydiaryFor, weatherServerConfig } from '../../exercises/weather-server/config.ts';
import { createWeatherServer } from '../../exercises/weather-server/server.ts';
import type { KeyRing } from '../../exercises/weather-server/signing-keys.ts';
import { createSharedStore } from '../../exercises/weather-server/world/shared-store.ts';
import {
  createWorld,
  makeSecrets,
  type WholeWorld,
} from '../../exercises/weather-server/world/world.ts';
import { isSecret } from '../../shared/is-secret.ts';
import { LabClient } from '../client/lab-client.ts';
import { paceClock } from './clock.ts';
import { composeControls } from '../controls/compose-controls.ts';
import { watchRefusals } from '../controls/watch-refusals.ts';
import { learnersFiles, type TargetSpec } from '../target-spec.ts';
import { DirectAsks } from './direct-asks.ts';
import { SharedAsks } from './shared-asks.ts';
import type { Deployment } from './host-protocol.ts';
import { newKeyRing } from './keys.ts';
import { readyForLearnersFiles } from './learners-modules.ts';
import { forgetPollution } from './pollution.ts';
import { ThirdPartyAsks } from './third-party-asks.ts';
import { askStore } from './wire.ts';

export interface Instance {
  spec: TargetSpec;
  app: Express;
  world: WholeWorld;
  controls: SecurityControls;
  config: ServerConfig;
  keys: KeyRing;
  asks: DirectAsks;
  shared: SharedAsks;
  client: LabClient;
  /** Opens this server, and no other, to whoever repeats a request by hand. */
  ticket: string;
  /** What to say of controls that have begun something and not ended it. */
  waiting: Set<{ control: ControlName; message: string }>;
  /** Starts the server anew, in the same world, with tokens of this provider taken as well. */
  trust(external: ExternalIssuer): void;
  /**
   * Starts the server anew, in the same world; its users sign in at Skydiary from now on. `https`: it is
   * behind a gateway that ends TLS, as its operator wrote down. Gives what it is configured with.
   */
  signInElsewhere(scheme: 'http' | 'https'): ServerConfig;
  /** What attacks ask of its controls of topic 20 directly; `signInElsewhere` comes first. */
  thirdParty: ThirdPartyAsks | undefined;
}

const instances = new Map<string, Instance>();
/** The server of the latest firing: over, but there for whoever has its ticket until the next opens. */
let latest: string | undefined;

/**
 * @param port on which it will be reached
 * @param deployment of a server of which there are several
 */
export async function openInstance(
  spec: TargetSpec,
  port: number,
  deployment?: Deployment,
): Promise<OpenedInstance> {
  // By the firing before; it would break this target as well.
  forgetPollution();
  forgetLatest();
  paceClock(true);
  const instance = randomUUID();
  const world = deployment ? worldOf(deployment, instance) : createWorld();
  const waiting: Instance['waiting'] = new Set();
  if (learnersFiles(spec)) await readyForLearnersFiles();
  const composed = await composeControls(spec, {
    fault: (control, message) => void world.tape.write({ kind: 'fault', control, message }),
    waiting(control, message) {
      const begun = { control, message };
      waiting.add(begun);
      return () => void waiting.delete(begun);
    },
  });
  const controls = watchRefusals(composed, world.tape);
  const origin = deployment?.origin ?? `http://127.0.0.1:${port}`;
  const config = weatherServerConfig(origin);
  const ring = newKeyRing();
  const jwks: KeyRing['jwks'] = () => {
    world.failIfBroken('keys');
    return ring.jwks();
  };
  /** As an operator starts it, who may have written down a provider or a third party. */
  const start = (written: Partial<ServerConfig> = {}): Express =>
    createWeatherServer(controls, world, { ...config, ...written }, { ...ring, jwks });
  const asks = new DirectAsks(controls, config, world.secrets.auditChainKey);
  const shared = new SharedAsks(controls, config, world.store);
  const ticket = randomBytes(24).toString('base64url');
  const made: Instance = {
    spec,
    app: start(),
    world,
    controls,
    config,
    keys: ring,
    asks,
    shared,
    client: new LabClient(controls, world),
    ticket,
    waiting,
    trust: (externalIssuer) => void (made.app = start({ externalIssuer })),
    thirdParty: undefined,
    signInElsewhere(scheme) {
      const reached = origin.replace(/^http:/, `${scheme}:`);
      const thirdParty = skydiaryFor(reached);
      world.thirdParty.register(thirdParty.redirectUri);
      const written = { ...weatherServerConfig(reached), thirdParty };
      made.app = start(written);
      made.thirdParty = new ThirdPartyAsks(made.app, controls, world, written);
      return weatherServerConfig(reached);
    },
  };
  instances.set(instance, made);
  // Not the one that controls were given.
  return { instance, config: weatherServerConfig(origin), ticket };
}

const worldOf = ({ auditChainKey }: Deployment, instance: string): WholeWorld =>
  createWorld(
    { ...makeSecrets(), auditChainKey: Buffer.from(auditChainKey, 'base64') },
    createSharedStore((step) => askStore(instance, step)),
  );

interface OpenedInstance {
  instance: string;
  config: ServerConfig;
  ticket: string;
}

export function closeInstance(instance: string): void {
  forgetLatest();
  latest = instance;
  if (instances.size === 1) paceClock(false);
}

function forgetLatest(): void {
  if (latest === undefined) return;
  instances.get(latest)?.world.close();
  instances.delete(latest);
  latest = undefined;
}

export const lookUp = (instance: string): Instance | undefined => instances.get(instance);

export function find(instance: string): Instance {
  const found = instances.get(instance);
  if (!found) throw new Error(`no server ${instance}`);
  return found;
}

export function findByTicket(ticket: string): string | undefined {
  for (const [instance, known] of instances) if (isSecret(ticket, known.ticket)) return instance;
  return undefined;
}

export const keyRings = (): KeyRing[] => [...instances.values()].map(({ keys }) => keys);
