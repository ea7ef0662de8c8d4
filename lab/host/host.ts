/**
 * The process that hosts a target. It serves any number of weather servers, one for each firing of
 * an attack, on one loopback port behind the guard. Learner code runs here and only here, so that
 * the lab can end it.
 */
import { advanceClock } from './clock.ts'; // first: see clock.ts
import './short-tags.ts';
import { endProcess, tell } from './last-words.ts';
import './no-ports.ts';
import { REPORT_FOLDER } from '../../exercises/weather-server/world/files.ts';
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';
import { PLANTED_REPORT } from '../protocol.ts';
import { learnersFiles } from '../target-spec.ts';
import { answered } from './answers.ts';
import { floodLimiter } from './flood-limiter.ts';
import { closeInstance, find, openInstance } from './instances.ts';
import { takeKeys } from './keys.ts';
import { listen } from './listen.ts';
import { processorMs, workedMs } from './resources.ts';
import { lockShared } from './lock-shared.ts';
import type { ThirdPartyAsks } from './third-party-asks.ts';
import { forgetCode, forgetPollution, putErrorsBack } from './pollution.ts';
import { answerTheLab, type Handlers } from './wire.ts';
import './heartbeat.ts'; // last: nothing beats while all this is loaded

let port = 0;
/** Code that was found on every object since the latest server was opened. */
const changed = new Set<string>();

const handlers: Handlers = {
  async start(settings) {
    await takeKeys(settings);
    port = await listen(settings.guardToken);
    return { port };
  },

  open({ spec, deployment }) {
    changed.clear();
    return openInstance(spec, port, deployment);
  },

  close({ instance }) {
    closeInstance(instance);
    return null;
  },

  tape({ instance, gates = false }) {
    const { waiting, world, spec } = find(instance);
    const { tape } = world;
    if (changed.size > 0) {
      const files = learnersFiles(spec) ?? 'none of a learner’s';
      const message = `${[...changed].join(', ')} changed while requests were answered, and was put back: the whole process uses it. The code under test is ${files}.`;
      tape.write({ kind: 'fault', control: '-', message });
      changed.clear();
    }
    // Added to what is handed over only: what waits now may be over when the tape is read again.
    const stillWaiting = [...waiting].map((begun): TapeEntry => ({
      kind: 'fault',
      requestId: '-',
      at: Date.now(),
      ...begun,
    }));
    const entries = gates ? tape.entries() : tape.entries().filter(({ kind }) => kind !== 'gate');
    return [...entries, ...stillWaiting];
  },

  decide: ({ instance, ...ask }) => find(instance).asks.decide(ask),
  vault: (ask) => find(ask.instance).asks.vault(ask),
  limiter: ({ instance, steps }) => find(instance).asks.limiter(steps),
  useGrantAtOnce: ({ instance, ...ask }) => find(instance).asks.useGrantAtOnce(ask),
  carried: ({ instance, ...ask }) => find(instance).asks.carried(ask),
  reviewTools: ({ instance, ...ask }) => find(instance).asks.reviewTools(ask),
  keysOfTenants: ({ instance, ...ask }) => find(instance).asks.keysOfTenants(ask),
  keysOfAnswers: ({ instance, ...ask }) => find(instance).asks.keysOfAnswers(ask),
  revisionsOf: ({ instance, ...ask }) => find(instance).asks.revisionsOf(ask),
  matchingHeaders: ({ instance, ...ask }) => find(instance).asks.matchingHeaders(ask),
  cacheHints: ({ instance, ...ask }) => find(instance).asks.cacheHints(ask),
  verifyAuditLog: ({ instance, ...ask }) => find(instance).asks.verifyAuditLog(ask),
  lineWithAuditKey: ({ instance, ...ask }) => find(instance).asks.lineWithAuditKey(ask),

  sharedCalls: ({ instance, ...ask }) => find(instance).shared.calls(ask),
  signInTwice: ({ instance }) => find(instance).shared.signInTwice(),

  sealLines: ({ instance, ...ask }) => find(instance).asks.sealLines(ask),
  verifyMergedLines: ({ instance, ...ask }) => find(instance).asks.verifyMergedLines(ask),

  canaries: ({ instance }) => find(instance).world.canaries,

  breakDown({ instance, part, failure }) {
    find(instance).world.breakDown(part, failure);
    return null;
  },

  async plant({ instance, text }) {
    const { upstream, files } = find(instance).world;
    upstream.plant(text);
    await files.writeFile(`${REPORT_FOLDER}/${PLANTED_REPORT}`, text);
    return null;
  },

  migrate({ instance, change }) {
    find(instance).world.migrate(change);
    return null;
  },

  pollution: () => forgetPollution(),

  publish({ instance, url, page }) {
    find(instance).world.web.publish(url, page);
    return null;
  },

  signIn({ instance, requestId, server, ...settings }) {
    const { client, world } = find(instance);
    return world.tape.during(requestId, () => client.signIn(server, settings));
  },

  considerStart({ instance, requestId, name, entry }) {
    const { client, world } = find(instance);
    return world.tape.during(requestId, () => answered(() => client.considerStart(name, entry)));
  },

  answerStart({ instance, requestId, name, agrees }) {
    const { client, world } = find(instance);
    world.tape.during(requestId, () => client.answerStart(name, agrees));
    return null;
  },

  trust({ instance, external }) {
    find(instance).trust(external);
    return null;
  },

  signInElsewhere: ({ instance, scheme }) => find(instance).signInElsewhere(scheme),

  visitThirdParty: ({ instance, visit }) => find(instance).world.thirdParty.visit(visit),

  askThirdParty: ({ instance, request }) => find(instance).world.thirdParty.answer(request),

  tokensOfThirdParty: ({ instance }) => find(instance).world.thirdParty.issued(),

  async keepThirdPartyToken({ instance, user, userThere }) {
    await asksOf(instance).keep(user, userThere);
    return null;
  },

  readDiaries: ({ instance, users, requestId }) =>
    find(instance).world.tape.during(requestId, () => asksOf(instance).read(users)),

  resumeAtOnce: ({ instance, times }) => asksOf(instance).resume(times),

  changeThirdParty({ instance, entry, refuse }) {
    const { thirdParty } = find(instance).world;
    if (entry) thirdParty.write(entry.user, entry.text, entry.aside);
    if (refuse) thirdParty.refuse(refuse.what, refuse.saying);
    return null;
  },

  async credentialRows({ instance, put, remove }) {
    const { world } = find(instance);
    if (put) world.storeCredential(put);
    if (remove !== undefined) world.removeCredential(remove);
    const rows = await world.database.query('SELECT id, owner, provider, sealed FROM credentials');
    return rows.map(({ id, owner, provider, sealed }) => ({
      id: String(id),
      owner: String(owner),
      provider: String(provider),
      sealed: String(sealed),
    }));
  },

  async advance({ milliseconds }) {
    await advanceClock(milliseconds);
    return null;
  },

  processorTime: () => processorMs(),
  workedTime: () => workedMs(),

  flood: ({ instance, users }) => floodLimiter(find(instance), users),
};

function asksOf(instance: string): ThirdPartyAsks {
  const { thirdParty } = find(instance);
  if (!thirdParty) throw new Error('nobody signs in at the third party yet');
  return thirdParty;
}

lockShared();
answerTheLab(handlers, () => {
  putErrorsBack();
  try {
    for (const name of forgetCode()) changed.add(`Object.prototype.${name}`);
  } catch (error) {
    tell({ kind: 'error', message: String(error) });
    endProcess(70);
  }
});
