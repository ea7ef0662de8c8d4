/** What only the revision without a handshake asks of a server (MCP 2026-07-28 and later). */
import { isSuccess, resultIn } from '../json-rpc.ts';
import { eras, stringsIn } from '../read-seen.ts';
import { refusal } from '../refuses-with.ts';
import {
  cannotTell,
  describe,
  fail,
  isUnrelated,
  judgeAnswer,
  mcp,
  notApplicable,
  pass,
  quote,
  worstOf,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { inWords, type Seen } from '../seen.ts';

const modernOnly =
  (judge: (seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    if (eras(seen).modern) return judge(seen);
    if (eras(seen).legacy) {
      return notApplicable('The server speaks earlier revisions only, which do not ask for it.');
    }
    const { 'modern batch': batch } = seen.answers;
    return cannotTell(
      batch.kind === 'silence' ? batch.why : 'It is not known which revision the server speaks.',
    );
  };

const discovers = judgeAnswer('discover', (reply) => {
  const versions = stringsIn(resultIn(reply)?.supportedVersions);
  if (versions.length > 0) return pass(`It supports ${quote(versions.join(', '))}.`);
  return isUnrelated(reply) || reply.status === 401
    ? cannotTell(`It answered ${describe(reply)}.`)
    : fail(`It answered ${describe(reply)} without supportedVersions.`);
});

const namesResultType = (seen: Seen): Judgement => {
  const judge = (probe: 'discover' | 'modern tools') =>
    judgeAnswer(probe, (reply) => {
      const result = resultIn(reply);
      if (!result) return notApplicable(`${inWords(probe)} was answered with ${describe(reply)}.`);
      return typeof result.resultType === 'string'
        ? pass(`Results say that they are ${quote(result.resultType)}.`)
        : fail(`The result of ${inWords(probe)} has no resultType.`);
    })(seen);
  const judged = [judge('discover'), judge('modern tools')];
  const seenSome = judged.some(({ state }) => state === 'pass' || state === 'fail');
  return seenSome
    ? worstOf(judged.filter(({ state }) => state === 'pass' || state === 'fail'))
    : cannotTell(judged[0]?.evidence ?? 'It was not asked.');
};

const NAMES = { method: 'Mcp-Method', name: 'Mcp-Name', version: 'MCP-Protocol-Version' } as const;

/** Each of the three headers; the evidence says which. */
const refusesEach =
  (what: 'mismatch' | 'missing') =>
  (seen: Seen): Judgement =>
    worstOf(
      (['method', 'name', 'version'] as const).map((header) =>
        judgeAnswer(`${header} ${what}`, (reply) => {
          const { state, evidence } = refusal(reply, 400, -32_020);
          const how = what === 'missing' ? 'Without' : 'With a wrong';
          return {
            state,
            evidence: state === 'pass' ? evidence : `${how} ${NAMES[header]}: ${evidence}`,
          };
        })(seen),
      ),
    );

const refusesGetAndDelete = (seen: Seen): Judgement => {
  if (eras(seen).legacy) {
    return notApplicable('The server also speaks a revision that has them.');
  }
  const judge = (probe: 'get' | 'delete') =>
    judgeAnswer(`modern ${probe}`, (reply) => {
      if (reply.status === 405) return pass(`It answered ${probe.toUpperCase()} with HTTP 405.`);
      return isSuccess(reply)
        ? fail(`It answered ${probe.toUpperCase()} with ${describe(reply)}.`)
        : cannotTell(`It answered ${probe.toUpperCase()} with ${describe(reply)}.`);
    })(seen);
  const both = [judge('get'), judge('delete')];
  return both.find(({ state }) => state !== 'pass') ?? pass('It answered both with HTTP 405.');
};

const keepsNoSession = (seen: Seen): Judgement => {
  return judgeAnswer('discover', ({ headers }) =>
    headers['mcp-session-id'] === undefined
      ? pass('The answer came without Mcp-Session-Id.')
      : fail('The answer to server/discover came with Mcp-Session-Id.'),
  )(seen);
};

export const protocolWithoutHandshake: Group = {
  title: 'Protocol without a handshake, 2026-07-28',
  requirements: [
    {
      id: 'discover-implemented',
      title: 'server/discover is implemented',
      level: 'MUST',
      reference: mcp('server/discover', 'Discovery'),
      fix: 'Answer server/discover with supportedVersions and capabilities.',
      lesson: '14-secure-server#what-2026-07-28-adds',
      judge: modernOnly(discovers),
    },
    {
      id: 'result-type',
      title: 'Results say of which type they are',
      level: 'MUST',
      reference: mcp('basic#resulttype', 'ResultType'),
      fix: 'Give each result a resultType, such as "complete".',
      lesson: '14-secure-server#what-2026-07-28-adds',
      judge: modernOnly(namesResultType),
    },
    {
      id: 'header-mismatch-refused',
      title: 'A header that contradicts the body is refused',
      level: 'MUST',
      reference: mcp('basic/transports/streamable-http#server-validation', 'Server Validation'),
      fix: 'Compare Mcp-Method, Mcp-Name and MCP-Protocol-Version with the body, and answer 400 with the error code -32020 if they differ.',
      lesson: '14-secure-server#what-2026-07-28-adds',
      judge: modernOnly(refusesEach('mismatch')),
    },
    {
      id: 'header-missing-refused',
      title: 'A request without a header that it needs is refused',
      level: 'MUST',
      reference: mcp('basic/transports/streamable-http#server-validation', 'Server Validation'),
      fix: 'Answer 400 with the error code -32020 if MCP-Protocol-Version, Mcp-Method or (where it is needed) Mcp-Name is missing.',
      lesson: '14-secure-server#what-2026-07-28-adds',
      judge: modernOnly(refusesEach('missing')),
    },
    {
      id: 'get-and-delete-refused',
      title: 'GET and DELETE are answered with 405',
      level: 'SHOULD',
      reference: mcp(
        'basic/transports/streamable-http#earlier-streamable-http-revisions',
        'Earlier Streamable HTTP Revisions',
      ),
      fix: 'Answer 405 to every method but POST.',
      lesson: '14-secure-server#every-method-every-path',
      judge: modernOnly(refusesGetAndDelete),
    },
    {
      id: 'no-session',
      title: 'No session is begun',
      level: 'SHOULD',
      reference: mcp(
        'basic/transports/streamable-http#earlier-streamable-http-revisions',
        'Earlier Streamable HTTP Revisions',
      ),
      fix: 'Send no Mcp-Session-Id: since 2026-07-28 each request says everything itself.',
      lesson: '05-access-tokens#a-session-is-not-a-token',
      judge: modernOnly(keepsNoSession),
    },
  ],
};
