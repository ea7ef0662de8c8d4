/**
 * Attacks on the agreement of headers and body. A gateway of the lab lets each request pass by its
 * headers; what counts is what the server then runs, read from the tape.
 */
import type { MirroredArgument } from '../../../exercises/weather-server/controls.ts';
import {
  defineAttack,
  type Attack,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { GatewayPolicy } from '../../../lab/gateway.ts';
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import { cwe, rfc, statelessMcp } from '../references.ts';
import { describeReply, errorCodeOf, PARIS, succeeded } from '../replies.ts';
import {
  askedMessage,
  judgeRefusal,
  matchingAnswer,
  revisionAnswer,
  toldOf,
  type AskedMessage,
} from './asked-directly.ts';
import {
  passedCall,
  sendThroughGateway,
  VERSION_MEMBER,
  type ExpectedRefusal,
  type PassedCall,
} from './through-the-gateway.ts';

const transport = (anchor: string, title: string) =>
  statelessMcp('basic/transports/streamable-http', anchor, title);
const validation = transport('server-validation', 'Server Validation');
const standardHeaders = transport('standard-request-headers', 'Standard Request Headers');
const encoding = transport('value-encoding', 'Value Encoding');
const versionHeader = transport('protocol-version-header', 'Protocol Version Header');
const differentReadings = cwe(436, 'Interpretation Conflict');
const confusedDeputy = cwe(441, 'Unintended Proxy or Intermediary');

const MISMATCH = -32020;
const INVALID_PARAMS = -32602;
const UNSUPPORTED = -32022;

const REPORT = '2026-03-paris.txt';
const SECRET_ALERT = 8;

const base64 = (text: string): string =>
  `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`;

/** Deletes an alert, whatever the headers say. */
const deleting = (changes: Partial<PassedCall>): PassedCall => ({
  gateway: { tools: ['get_weather'] },
  tool: 'delete_alert',
  arguments: { id: SECRET_ALERT },
  headers: { 'mcp-name': 'get_weather' },
  ...changes,
});

/** Reads the one report that the gateway keeps back. */
const reading = (
  header: string | string[] | null,
  changes: Partial<PassedCall> = {},
): PassedCall => ({
  gateway: { deniedReports: [REPORT] },
  tool: 'read_report',
  arguments: { name: REPORT },
  headers: { 'mcp-param-report': header },
  ...changes,
});

/** Reads another report that the gateway keeps back. */
const readingNamed = (name: string, header: string, gateway: GatewayPolicy = {}): PassedCall =>
  reading(header, { gateway: { deniedReports: [name], ...gateway }, arguments: { name } });

/** Likewise, in base64 of which this gateway makes nothing. */
const readingBroken = (name: string, header: string): PassedCall =>
  readingNamed(name, header, { broken: 'as it is' });

/** Deletes the one alert that the gateway keeps. */
const deletingKept = (header: string | null): PassedCall => ({
  gateway: { deniedAlerts: [String(SECRET_ALERT)] },
  tool: 'delete_alert',
  arguments: { id: SECRET_ALERT },
  headers: { 'mcp-param-alert': header },
});

/** Deletes an alert in a message that names no version, under a header that does. */
const promising = (
  version: string | string[],
  ofSeveral: GatewayPolicy['ofSeveral'] = 'first',
): PassedCall =>
  deleting({
    gateway: { tools: ['get_weather'], ofSeveral },
    headers: { 'mcp-name': 'get_weather', 'mcp-protocol-version': version },
    version: null,
  });

/** Ordinary use: an honest call of 2026-07-28 passes any gateway, and runs. */
async function honestCall(lab: LabSession): Promise<string[]> {
  const reply = await lab.call(
    'read_report',
    { name: REPORT },
    { token: await lab.mint(), revision: '2026-07-28', label: 'an honest call of 2026-07-28' },
  );
  return succeeded(reply)
    ? []
    : [`An honest call of 2026-07-28 was not served: ${describeReply(reply)}`];
}

const gatewayAttack = (
  attack: Omit<Attack<PassedCall>, 'payload' | 'level' | 'ordinaryUse' | 'fire'>,
  expected: ExpectedRefusal,
): Attack =>
  defineAttack<PassedCall>({
    ...attack,
    level: 'core',
    payload: passedCall,
    ordinaryUse: honestCall,
    fire: (payload, lab) => sendThroughGateway(lab, payload, expected),
  });

const askedAttack = (
  attack: Omit<Attack<AskedMessage>, 'payload' | 'level' | 'ordinaryUse' | 'fire'>,
  answerTo: typeof matchingAnswer,
  codes: readonly number[],
): Attack =>
  defineAttack<AskedMessage>({
    ...attack,
    level: 'core',
    payload: askedMessage,
    fire: async (payload, lab) => judgeRefusal(await answerTo(lab, payload), codes),
  });

/** What a tool of another server asks its clients to repeat. */
const TWO_ARGUMENTS: MirroredArgument[] = [
  { header: 'Mcp-Param-Region', argument: 'region', type: 'string' },
  { header: 'Mcp-Param-Limit', argument: 'limit', type: 'integer' },
];

/** A call of that tool. */
const searching = (
  args: Record<string, unknown>,
  headers: Record<string, string[]>,
): AskedMessage => ({
  method: 'tools/call',
  params: { name: 'search', arguments: args },
  headers: { 'mcp-name': ['search'], ...headers },
  mirrored: TWO_ARGUMENTS,
});

const named = (method: string, params: Record<string, unknown>, name: string): AskedMessage => ({
  method,
  params,
  headers: { 'mcp-name': [name] },
});

/** What `_meta` names, under these versions in the header. */
const versioned = (version: unknown, versions: string[]): AskedMessage => ({
  method: 'tools/list',
  params: { _meta: version === undefined ? {} : { [VERSION_MEMBER]: version } },
  headers: { 'mcp-protocol-version': versions },
});

const attacks: Attack[] = [
  gatewayAttack(
    {
      id: 'hd-other-tool',
      title: 'One tool in the header, another in the body',
      story:
        'A gateway lets only get_weather pass, and reads the name where the specification puts it: in Mcp-Name. The attacker writes that name there, and delete_alert into the body.',
      secureAnswer:
        'HTTP 400 with −32020: a server that reads the body compares it with the header, exactly, after decoding the header.',
      lessonAnchor: 'the-name',
      references: [validation, standardHeaders, confusedDeputy],
      variants: {
        'get_weather in the header': deleting({}),
        'the same in base64': deleting({ headers: { 'mcp-name': base64('get_weather') } }),
        'the name in capitals': deleting({
          gateway: { deniedTools: ['delete_alert'] },
          headers: { 'mcp-name': 'Delete_Alert' },
        }),
        'a part of the name': deleting({
          gateway: { deniedTools: ['delete_alert'] },
          headers: { 'mcp-name': 'delete' },
        }),
        'the name and more': deleting({
          gateway: { deniedTools: ['delete_alert'] },
          headers: { 'mcp-name': 'delete_alert;v=1' },
        }),
        'a blank in front, in base64': deleting({
          gateway: { deniedTools: ['delete_alert'] },
          headers: { 'mcp-name': base64(' delete_alert') },
        }),
        'two names in the body': deleting({ nameBefore: 'get_weather' }),
      },
    },
    { codes: [MISMATCH], headers: ['Mcp-Name'] },
  ),

  gatewayAttack(
    {
      id: 'hd-other-method',
      title: 'A list in the header, a call in the body',
      story:
        'A gateway looks at calls only: who lists tools does no harm. The attacker says tools/list in Mcp-Method, and the body calls.',
      secureAnswer:
        'HTTP 400 with −32020. Mcp-Method is compared as it is: it has no encoded form, and its case counts.',
      lessonAnchor: 'the-method',
      references: [validation, standardHeaders, confusedDeputy],
      variants: {
        'tools/list': deleting({ headers: { 'mcp-method': 'tools/list' } }),
        'in capitals': deleting({ headers: { 'mcp-method': 'Tools/Call' } }),
        'in base64, which has no meaning here': deleting({
          headers: { 'mcp-method': base64('tools/call') },
        }),
        'without the part in front': deleting({ headers: { 'mcp-method': 'call' } }),
      },
    },
    { codes: [MISMATCH], headers: ['Mcp-Method'] },
  ),

  gatewayAttack(
    {
      id: 'hd-missing',
      title: 'Nothing in the header',
      story:
        'Some gateways have rules about names, and so no rule for a request without one. The attacker leaves the header out.',
      secureAnswer:
        'HTTP 400 with −32020: a header that is required and not there is refused like one that does not fit.',
      lessonAnchor: 'headers-that-are-not-there',
      references: [validation, standardHeaders],
      variants: {
        'no name': deleting({ gateway: { missing: 'passes' }, headers: { 'mcp-name': null } }),
        'an empty name': deleting({
          gateway: { deniedTools: ['delete_alert'] },
          headers: { 'mcp-name': '' },
        }),
        'no method': deleting({ gateway: { missing: 'passes' }, headers: { 'mcp-method': null } }),
        'no report': reading(null),
        'no alert': deletingKept(null),
      },
    },
    {
      codes: [MISMATCH],
      headers: ['Mcp-Name', 'Mcp-Method', 'Mcp-Param-Report', 'Mcp-Param-Alert'],
    },
  ),

  gatewayAttack(
    {
      id: 'hd-twice',
      title: 'The same header twice',
      story:
        'HTTP lets a header come several times. Of two values the gateway reads one, and the attacker hopes that the server reads the other.',
      secureAnswer:
        'HTTP 400 with −32020: none of these headers may come twice, so that there is no choice to make.',
      lessonAnchor: 'once-each',
      references: [validation, rfc(9110, '5.3'), differentReadings],
      variants: {
        'the gateway reads the first': deleting({
          headers: { 'mcp-name': ['get_weather', 'delete_alert'] },
        }),
        'the gateway reads the last': deleting({
          gateway: { tools: ['get_weather'], ofSeveral: 'last' },
          headers: { 'mcp-name': ['delete_alert', 'get_weather'] },
        }),
        'two methods': deleting({ headers: { 'mcp-method': ['tools/list', 'tools/call'] } }),
        'two reports': reading(['2026-03-rome.txt', REPORT]),
      },
    },
    { codes: [MISMATCH], headers: ['Mcp-Name', 'Mcp-Method', 'Mcp-Param-Report'] },
  ),

  gatewayAttack(
    {
      id: 'hd-other-report',
      title: 'Another argument in the header',
      story:
        'A gateway keeps one report back, by Mcp-Param-Report. The attacker writes its name there in a way that the gateway takes for another, and the server for the same.',
      secureAnswer:
        'HTTP 400 with −32020: texts are the same only if every character is; and whatever looks encoded is decoded, since honest clients encode it once more.',
      lessonAnchor: 'arguments-in-headers',
      references: [validation, encoding, differentReadings],
      variants: {
        'another report': reading('2026-03-rome.txt'),
        'in capitals': reading('2026-03-Paris.txt'),
        'a blank behind it, in base64': reading(base64(`${REPORT} `)),
        'another spelling in Unicode': reading(base64('re\u0301sume\u0301.txt'), {
          gateway: { deniedReports: ['résumé.txt'] },
          arguments: { name: 'résumé.txt' },
        }),
        'a plain value that looks encoded': reading(base64('2026-03-rome.txt'), {
          arguments: { name: base64('2026-03-rome.txt') },
        }),
        'bytes that are no ASCII': reading('rÃ©sumÃ©.txt', {
          gateway: { bytes: 'utf-8' },
          arguments: { name: 'rÃ©sumÃ©.txt' },
        }),
        'the same bytes to a server that reads UTF-8': readingNamed('résumé.txt', 'rÃ©sumÃ©.txt'),
        'a byte order mark in front, in base64': reading(base64(`\uFEFF${REPORT}`)),
        'half a character in the body': readingNamed('\uD800.txt', base64('\uFFFD.txt')),
        'a part of it in base64': reading(`2026-03-${base64('paris.txt')}`),
        'base64 in capitals': reading(base64(REPORT).replace('base64', 'BASE64')),
        'base64 without its padding': readingBroken(REPORT, base64(REPORT).replace('=?=', '?=')),
        'base64 with a character too many': readingBroken(
          REPORT,
          base64(REPORT).replace('?Mj', '?M!j'),
        ),
        'base64 as it stands in addresses': readingBroken(
          '>>>???.txt',
          base64('>>>???.txt').replace('Pj4+Pz8/', 'Pj4-Pz8_'),
        ),
        'base64 of bytes that are no UTF-8': readingBroken('\uFFFD.txt', '=?base64?/y50eHQ=?='),
        'broken base64 that is a name': readingNamed('=?base64?cm9tZ!?=', '=?base64?cm9tZ!?='),
        'base64 of nothing that is a name': readingNamed('=?base64??=', '=?base64??='),
      },
    },
    { codes: [MISMATCH], headers: ['Mcp-Param-Report'] },
  ),

  gatewayAttack(
    {
      id: 'hd-other-alert',
      title: 'Another number in the header',
      story:
        'A gateway keeps alert 8, by Mcp-Param-Alert. The attacker writes an eight that the gateway does not take for one, and hopes that the server is better at reading numbers.',
      secureAnswer:
        'HTTP 400 with −32020: integers are compared as numbers, and only plain decimals are integers.',
      lessonAnchor: 'arguments-in-headers',
      references: [validation, encoding, differentReadings],
      variants: {
        'another number': deletingKept('7'),
        'a number and more': deletingKept('8abc'),
        'in hexadecimal': deletingKept('0x8'),
        'with an exponent': deletingKept('8e0'),
        'with a zero in front': deletingKept('08'),
        'with a sign in front': deletingKept('+8'),
        'with a point and nothing behind it': deletingKept('8.'),
        'nearly eight': deletingKept('7.99999999999999999999'),
        'with a blank, in base64': deletingKept(base64(' 8')),
      },
    },
    { codes: [MISMATCH], headers: ['Mcp-Param-Alert'] },
  ),

  gatewayAttack(
    {
      id: 'hd-old-version',
      title: 'An old version switches the comparison off',
      story:
        'In 2025-11-25 nobody promises that the headers are true. The attacker says that version in the header, to a gateway that does not ask for it, and sends a body of 2026-07-28.',
      secureAnswer:
        'HTTP 400 with −32020: the body says which revision it speaks, and a header that says another is refused before anything else is compared.',
      lessonAnchor: 'which-revision',
      references: [versionHeader, validation, cwe(757, 'Algorithm Downgrade')],
      variants: {
        'an older version': deleting({
          gateway: { tools: ['get_weather'], versions: 'any' },
          headers: { 'mcp-name': 'get_weather', 'mcp-protocol-version': '2025-11-25' },
        }),
        'no version': deleting({
          gateway: { tools: ['get_weather'], versions: 'any' },
          headers: { 'mcp-name': 'get_weather', 'mcp-protocol-version': null },
        }),
        'both versions, the old one last': deleting({
          headers: {
            'mcp-name': 'get_weather',
            'mcp-protocol-version': ['2026-07-28', '2025-11-25'],
          },
        }),
        'both versions, the old one first': deleting({
          gateway: { tools: ['get_weather'], ofSeveral: 'last' },
          headers: {
            'mcp-name': 'get_weather',
            'mcp-protocol-version': ['2025-11-25', '2026-07-28'],
          },
        }),
        'both versions in one line, the old one last': deleting({
          headers: {
            'mcp-name': 'get_weather',
            'mcp-protocol-version': '2026-07-28, 2025-11-25',
          },
        }),
      },
    },
    { codes: [MISMATCH], headers: ['MCP-Protocol-Version'] },
  ),

  gatewayAttack(
    {
      id: 'hd-hidden-revision',
      title: 'A promise in the header only',
      story:
        'The gateway does as the specification advises, and asks for a version under which the server compares. The attacker gives it that header, and leaves the version out of the body, so that the server takes the message for an old one.',
      secureAnswer:
        'HTTP 400 with −32602 (or −32020): a request whose header promises 2026-07-28 is held to it.',
      lessonAnchor: 'which-revision',
      references: [versionHeader, validation, differentReadings],
      variants: {
        'no _meta': deleting({ version: 'no _meta' }),
        'no version in _meta': deleting({ version: null }),
        'an older version in _meta': deleting({ version: '2025-11-25' }),
        'a version that is no text': deleting({ version: 20260728 }),
        'no version, under two of which the first promises': promising([
          '2026-07-28',
          '2025-11-25',
        ]),
        'no version, under two of which the last promises': promising(
          ['2025-11-25', '2026-07-28'],
          'last',
        ),
        'no version, under two in one line': promising('2025-11-25, 2026-07-28', 'last'),
      },
    },
    { codes: [INVALID_PARAMS, MISMATCH, UNSUPPORTED] },
  ),

  askedAttack(
    {
      id: 'hd-other-kinds',
      title: 'A prompt, a resource, another method',
      story:
        'This server has tools only, and one that has prompts and resources as well keeps its controls. The attacker asks for them as for tools: one name for the gateway, another for the server. The control is asked directly.',
      secureAnswer:
        'HTTP 400 with −32020: Mcp-Name repeats params.name of tools/call and prompts/get, and params.uri of resources/read; Mcp-Method repeats every method. Each comes once.',
      lessonAnchor: 'the-name',
      controls: ['requireMatchingHeaders'],
      references: [validation, standardHeaders, confusedDeputy],
      variants: {
        'another prompt': named('prompts/get', { name: 'payroll' }, 'menu'),
        'another resource': named('resources/read', { uri: 'file:///payroll' }, 'file:///menu'),
        'a resource with a name besides': named(
          'resources/read',
          { uri: 'file:///payroll', name: 'file:///menu' },
          'file:///menu',
        ),
        'a prompt with an address besides': named(
          'prompts/get',
          { uri: 'menu', name: 'payroll' },
          'menu',
        ),
        'no name for a resource': {
          method: 'resources/read',
          params: { uri: 'file:///payroll' },
          headers: {},
        },
        'a list instead of a prompt': {
          method: 'prompts/get',
          params: { name: 'payroll' },
          headers: { 'mcp-method': ['prompts/list'], 'mcp-name': ['payroll'] },
        },
        'another method without a name': {
          method: 'tools/list',
          params: {},
          headers: { 'mcp-method': ['server/discover'] },
        },
        'the same name twice': {
          method: 'tools/call',
          params: { name: 'search' },
          headers: { 'mcp-name': ['search', 'search'] },
        },
        'the same method twice': {
          method: 'tools/list',
          params: {},
          headers: { 'mcp-method': ['tools/list', 'tools/list'] },
        },
        'a name that is no ASCII': named('tools/call', { name: 'météo' }, 'météo'),
      },
    },
    matchingAnswer,
    [MISMATCH],
  ),

  askedAttack(
    {
      id: 'hd-other-arguments',
      title: 'Several arguments in headers',
      story:
        'The tools of this server ask for one argument each; another tool may ask for more, and for numbers of every size. The attacker sends the first as it should be, and looks for one that nobody compares. The control is asked directly.',
      secureAnswer:
        'HTTP 400 with −32020: every header that the tool declares is compared, and only what is absent or null needs none. Zero and an empty text are there.',
      lessonAnchor: 'arguments-in-headers',
      controls: ['requireMatchingHeaders'],
      references: [validation, encoding, differentReadings],
      variants: {
        'the second of two': searching(
          { region: 'north', limit: 500 },
          { 'mcp-param-region': ['north'], 'mcp-param-limit': ['5'] },
        ),
        'the first of two': searching(
          { region: 'north', limit: 5 },
          { 'mcp-param-region': ['south'], 'mcp-param-limit': ['5'] },
        ),
        'no header for the second of two': searching(
          { region: 'north', limit: 500 },
          { 'mcp-param-region': ['north'] },
        ),
        'no header for a zero': searching({ limit: 0 }, {}),
        'no header for an empty text': searching({ region: '' }, {}),
        'a number too large to be exact': searching(
          { limit: 9_007_199_254_740_992 },
          { 'mcp-param-limit': ['9007199254740993'] },
        ),
      },
    },
    matchingAnswer,
    [MISMATCH],
  ),

  askedAttack(
    {
      id: 'hd-any-version',
      title: 'Versions that are hard to see',
      story:
        'Whatever is taken for an old message is compared with nothing. The attacker tries the odd ones: a version that is null or empty, one that is later than any this server speaks, a message that wants no answer. The control is asked directly.',
      secureAnswer:
        'A refusal: a body that has the member names a version, whatever stands there, and a header with 2026-07-28 or a later date in it promises the comparison.',
      lessonAnchor: 'which-revision',
      controls: ['detectRevision'],
      references: [versionHeader, validation, cwe(757, 'Algorithm Downgrade')],
      variants: {
        'a version of null': versioned(null, []),
        'an empty version': versioned('', []),
        'a version and nothing else in _meta': versioned('2026-07-28', ['2025-11-25']),
        'a version that is a number': versioned(20_260_728, ['2025-11-25']),
        'a later version in the header only': versioned(undefined, ['2027-01-01']),
        'the same version twice': versioned('2026-07-28', ['2026-07-28', '2026-07-28']),
        'a notification under an old version': {
          method: 'notifications/cancelled',
          params: { requestId: 1 },
          headers: { 'mcp-protocol-version': ['2025-11-25'] },
          isNotification: true,
        },
      },
    },
    revisionAnswer,
    [INVALID_PARAMS, MISMATCH, UNSUPPORTED],
  ),
];

/** What honest clients send to servers that have more than this one. */
const HONEST_MESSAGES: Record<string, AskedMessage> = {
  'prompts/get': named('prompts/get', { name: 'greet', arguments: { name: 'Ada' } }, 'greet'),
  'resources/read': named('resources/read', { uri: 'file:///menu' }, 'file:///menu'),
  'a method that repeats no name': {
    method: 'logging/setLevel',
    params: { level: 'info', name: 'search', uri: 'file:///menu' },
    headers: {},
  },
  'two arguments': searching(
    { region: 'north', limit: 5 },
    { 'mcp-param-region': ['north'], 'mcp-param-limit': ['5'] },
  ),
  'the second argument alone': searching({ limit: 5 }, { 'mcp-param-limit': ['5'] }),
  'a zero': searching({ limit: 0 }, { 'mcp-param-limit': ['0'] }),
  'a number below zero': searching({ limit: -5 }, { 'mcp-param-limit': ['-5'] }),
  'the largest number': searching(
    { limit: Number.MAX_SAFE_INTEGER },
    { 'mcp-param-limit': [String(Number.MAX_SAFE_INTEGER)] },
  ),
  'arguments of null': {
    method: 'tools/call',
    params: { name: 'search', arguments: null },
    headers: { 'mcp-name': ['search'] },
    mirrored: TWO_ARGUMENTS,
  },
};

/** A client may encode whatever it likes, one value after another. */
const ALL_IN_BASE64 = searching(
  { region: 'north', limit: 5 },
  {
    'mcp-name': [base64('search')],
    'mcp-param-region': [base64('north')],
    'mcp-param-limit': [base64('5')],
  },
);

/** JSON that is hardly a message. What becomes of it is for others to say. */
const ODD_BODIES: unknown[] = [
  null,
  7,
  'text',
  [],
  {},
  { params: null },
  { params: 'text' },
  { params: { _meta: null } },
  { params: { _meta: 'text' } },
  { params: { _meta: [] } },
];

/** Sends one message of 2026-07-28 with what is changed about its headers. */
const ask = async (
  lab: LabSession,
  method: string,
  params: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<LabReply> =>
  lab.ask(method, params, { token: await lab.mint(), headers, revision: '2026-07-28' });

interface Message {
  result?: { tools?: unknown[]; supportedVersions?: unknown[]; isError?: boolean };
  error?: { code?: number; data?: { supported?: unknown[] } };
}
const messageIn = ({ json }: LabReply): Message => json ?? {};

/** Whether a call of `read_report` reached the tool with this name; there need not be such a report. */
async function readsReport(lab: LabSession, name: string): Promise<string[]> {
  const reply = await lab.call(
    'read_report',
    { name },
    { token: await lab.mint(), revision: '2026-07-28' },
  );
  const ran = await lab.executions([reply]);
  return ran.some(({ arguments: used }) => used.name === name)
    ? []
    : [`A report called ${name} could not be asked for: ${describeReply(reply)}`];
}

const uses: LegitimateUse[] = [
  {
    id: 'new-clients-list-and-call',
    title: 'New clients list and call',
    why: 'A client of 2026-07-28 asks what the server speaks, lists its tools, and calls one. Its headers say what its bodies say.',
    lessonAnchor: 'the-name',
    references: [standardHeaders],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const discovered = messageIn(await ask(lab, 'server/discover', {})).result;
      if (!discovered?.supportedVersions?.includes('2026-07-28')) {
        problems.push('server/discover does not say that 2026-07-28 is spoken.');
      }
      const listed = messageIn(await ask(lab, 'tools/list', {})).result;
      if (!listed?.tools?.length) problems.push('tools/list lists no tool.');
      const token = await lab.mint();
      const reply = await lab.call('get_weather', PARIS, { token, revision: '2026-07-28' });
      if (!succeeded(reply)) problems.push(`The call was refused: ${describeReply(reply)}`);
      return problems;
    },
  },
  {
    id: 'older-clients-are-served',
    title: 'Older clients are served as before',
    why: 'Most clients speak 2025-11-25 or older. They send no version with initialize, some never do, and one sends Mcp-Method and Mcp-Name all the same (mcp-remote).',
    lessonAnchor: 'which-revision',
    references: [statelessMcp('basic/versioning', 'backward-compatibility', 'Versioning')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const token = await lab.mint();
      const authorization = `Bearer ${token}`;
      const accept = 'application/json, text/event-stream';
      const params = {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'older', version: '1.0.0' },
      };
      const greeted = await lab.send(
        {
          path: '/mcp',
          headers: { accept, authorization },
          body: { jsonrpc: '2.0', id: 0, method: 'initialize', params },
        },
        'initialize',
      );
      if (!succeeded(greeted)) problems.push(`initialize: ${describeReply(greeted)}`);
      const forms: Record<string, Record<string, string>> = {
        'in 2025-11-25': {},
        'in 2025-06-18': { 'mcp-protocol-version': '2025-06-18' },
        'with new headers besides': { 'mcp-method': 'tools/call', 'mcp-name': 'get_weather' },
      };
      for (const [form, headers] of Object.entries(forms)) {
        const reply = await lab.call('get_weather', PARIS, {
          token,
          headers,
          revision: '2025-11-25',
          label: form,
        });
        if (!succeeded(reply)) problems.push(`A call ${form}: ${describeReply(reply)}`);
      }
      const body = {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        // Progress is asked for in `_meta`, in every revision.
        params: { name: 'get_weather', arguments: PARIS, _meta: { progressToken: 'p' } },
      };
      const bare = await lab.send(
        { path: '/mcp', headers: { accept, authorization }, body },
        'without a version',
      );
      if (!succeeded(bare)) problems.push(`A call without a version: ${describeReply(bare)}`);
      return problems;
    },
  },
  {
    id: 'names-of-every-script',
    title: 'Names of every script',
    why: 'Header values are ASCII. What is not travels in base64, and so do blanks at an end.',
    lessonAnchor: 'arguments-in-headers',
    references: [encoding],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const name of ['2026-03-são-paulo.txt', '東京.txt', ' 2026-03-paris.txt']) {
        problems.push(...(await readsReport(lab, name)));
      }
      return problems;
    },
  },
  {
    id: 'names-that-look-encoded',
    title: 'Names that look encoded',
    why: 'A name may happen to look like base64 in a header. Clients encode such a name once more, so that decoding once gives the name.',
    lessonAnchor: 'arguments-in-headers',
    references: [encoding],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      // The last two do not, and travel as they are.
      const names = ['=?base64?literal?=', base64('rome'), '=?base64?literal', 'literal?='];
      for (const name of names) {
        problems.push(...(await readsReport(lab, name)));
      }
      return problems;
    },
  },
  {
    id: 'plain-names-in-base64',
    title: 'Plain names in base64',
    why: 'A client may encode what would not need it. Decoded it is the same name.',
    lessonAnchor: 'the-name',
    references: [encoding],
    worksOnBaseline: true,
    async try(lab) {
      const params = { name: 'get_weather', arguments: PARIS };
      const reply = await ask(lab, 'tools/call', params, { 'mcp-name': base64('get_weather') });
      const deletion = { name: 'delete_alert', arguments: { id: SECRET_ALERT } };
      const deleted = await ask(lab, 'tools/call', deletion, { 'mcp-param-alert': base64('8') });
      const ran = await lab.executions([deleted]);
      return [
        ...(succeeded(reply) ? [] : [`The call was refused: ${describeReply(reply)}`]),
        ...(ran.length === 1 ? [] : [`An 8 in base64 was refused: ${describeReply(deleted)}`]),
        ...toldOf('Everything in base64', await matchingAnswer(lab, ALL_IN_BASE64)),
      ];
    },
  },
  {
    id: 'what-is-absent-needs-no-header',
    title: 'What is absent needs no header',
    why: 'A client sends no header for an argument that it does not send, or sends as null. Whether the tool can do without is for the tool to say, in words that help.',
    lessonAnchor: 'headers-that-are-not-there',
    references: [
      transport('server-behavior-for-custom-headers', 'Server Behavior for Custom Headers'),
    ],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      for (const args of [{}, { id: null }, undefined]) {
        const reply = await ask(lab, 'tools/call', {
          name: 'delete_alert',
          ...(args && { arguments: args }),
        });
        const isSaid = reply.status === 200 && errorCodeOf(reply) === 'INVALID_INPUT';
        if (!isSaid) {
          const what = args ? JSON.stringify(args) : 'A call without arguments';
          problems.push(
            `${what} should be refused by the tool, as INVALID_INPUT; it answered ${describeReply(reply)}`,
          );
        }
      }
      return problems;
    },
  },
  {
    id: 'headers-nobody-declared',
    title: 'Headers that nobody declared',
    why: 'Other servers have other arguments, and gateways add headers of their own. What no tool declares is ignored.',
    lessonAnchor: 'headers-that-are-not-there',
    references: [rfc(9110, '5.1')],
    worksOnBaseline: true,
    async try(lab) {
      const headers = { 'mcp-param-region': 'us-west1', 'mcp-session-id': 'x', 'mcp-trace': '1' };
      const params = { name: 'get_weather', arguments: PARIS };
      const reply = await ask(lab, 'tools/call', params, headers);
      const listed = await ask(lab, 'tools/list', {}, { 'mcp-name': 'get_weather' });
      return [
        ...(succeeded(reply) ? [] : [`The call was refused: ${describeReply(reply)}`]),
        ...(succeeded(listed) ? [] : [`The list was refused: ${describeReply(listed)}`]),
      ];
    },
  },
  {
    id: 'other-servers-clients',
    title: 'Prompts, resources, several arguments',
    why: 'The control goes home with you, to a server that may have all of these. Zero and numbers below it are numbers.',
    lessonAnchor: 'the-name',
    references: [standardHeaders],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [what, asked] of Object.entries(HONEST_MESSAGES)) {
        problems.push(...toldOf(what, await matchingAnswer(lab, asked)));
      }
      return problems;
    },
  },
  {
    id: 'odd-messages-are-answered',
    title: 'Odd messages are answered',
    why: 'A body is any JSON at all when its revision is looked for. Whoever sends nonsense gets a refusal or the answer of an older revision, and no internal error.',
    lessonAnchor: 'which-revision',
    references: [statelessMcp('basic/versioning', 'backward-compatibility', 'Versioning')],
    worksOnBaseline: true,
    async try(lab) {
      const answers = await lab.revisionsOf(ODD_BODIES.map((body) => ({ headers: {}, body })));
      return answers.flatMap((answer, index) =>
        'broke' in answer ? toldOf(JSON.stringify(ODD_BODIES[index]), answer) : [],
      );
    },
  },
  {
    id: 'versions-to-choose-from',
    title: 'Versions to choose from',
    why: 'A client of a later revision learns from the refusal what it can fall back to. Header and body agree, so that nothing is wrong with either.',
    lessonAnchor: 'which-revision',
    references: [
      statelessMcp('basic/versioning', 'protocol-version-negotiation', 'Version Negotiation'),
    ],
    worksOnBaseline: false,
    async try(lab) {
      const version = '2031-01-01';
      const params = { _meta: { [VERSION_MEMBER]: version } };
      const reply = await ask(lab, 'tools/list', params, { 'mcp-protocol-version': version });
      const { code, data } = messageIn(reply).error ?? {};
      const isNamed = data?.supported?.includes('2026-07-28') === true;
      return code === UNSUPPORTED && isNamed
        ? []
        : [`A later version is answered with −32022; it answered ${describeReply(reply)}`];
    },
  },
  {
    id: 'numbers-with-a-point',
    title: 'Numbers with a point',
    level: 'stretch',
    why: 'To some languages every number has a point: 8.0 is 8. The specification asks to compare integers as numbers.',
    lessonAnchor: 'arguments-in-headers',
    references: [validation],
    worksOnBaseline: true,
    async try(lab) {
      const params = { name: 'delete_alert', arguments: { id: SECRET_ALERT } };
      const reply = await ask(lab, 'tools/call', params, { 'mcp-param-alert': '8.0' });
      const ran = await lab.executions([reply]);
      return ran.length === 1 ? [] : [`8.0 was not taken for 8: ${describeReply(reply)}`];
    },
  },
];

export const catalogue: TopicCatalogue = { attacks, uses };
