/**
 * `npm run audit -- URL`: an MCP server, checked from outside. Exit code: 0 if nothing failed that
 * counts, 1 if something did, 2 if the command was not understood or the address is not asked, 3 if the server gave
 * nothing to judge, or nobody signed in.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { AddressRefused } from '../audit/address-book.ts';
import { AUDIT_TOKEN, readAuditAddress } from '../audit/audit-address.ts';
import { auditServer, exitCodeOf, type AuditResult } from '../audit/audit-server.ts';
import { compareWith, readBaseline, writeBaseline } from '../audit/baseline.ts';
import { GRAVITIES, type Gravity } from '../audit/classification.ts';
import { isObject } from '../audit/json-rpc.ts';
import { writeHtml } from '../audit/reports/write-html.ts';
import { writeSarif } from '../audit/reports/write-sarif.ts';
import { writeText } from '../audit/reports/write-text.ts';
import { SignInFailed, signInWith } from '../audit/sign-in.ts';
import { CommandProblem, readCommandLine, refuse } from '../shared/command-line.ts';
import { visibleLine } from '../shared/visible-text.ts';
import { writeFile } from '../shared/write-file.ts';
import { parseJson } from '../shared/parse-json.ts';

const USAGE = `Usage: npm run audit -- URL [options]
  URL                of the MCP endpoint, such as http://127.0.0.1:3001/mcp
  --token TOKEN      an access token for it; - reads it from the input, where no list of
                     processes and no history shows it
  --header NAME=VALUE
                     a header that shows who you are, such as an API key; may be given twice
  --token-2 TOKEN    of another user: may they use the first one's session? Or of the same user
                     with fewer scopes: does a 403 say which is missing?
  --bad-token TOKEN  expired, or for another resource: is it refused?
  --call TOOL        call this tool, once as it should be and once with a wrong argument; asks you
                     first, or wants --yes
  --arguments JSON   for that call
  --yes              you agree to the call
  --sign-in          get a token: prints an address for your browser, and waits three minutes
  --client-id ID     sign in as this client; without, one is registered
  --ca FILE          trust the certificate in this file (PEM)
  --json             print the result as JSON instead of text
  --html FILE        write it as a page, too
  --sarif FILE       write it as SARIF 2.1.0, too
  --fail-on GRAVITY  exit with 1 from this gravity on: high, medium (without the option), or low
  --strict           the same as --fail-on low
  --baseline FILE    what stands in this file is known, and does not count for the exit code;
                     tools that are not as they were then fail
  --write-baseline FILE
                     write what fails now as such a file
  --i-am-allowed     the server is not on this machine, and you may audit it
Environment:
  AUDIT_TOKEN        the token, if there is no --token

It sends at most 60 requests, one after the other. Attacks, such as a body of 16 MiB, are sent to
servers on this machine only.`;

/** A name that is ours to set, and a value that fits on the line (RFC 9110 §5.5). */
const HEADER = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+)=([\t -~]+)$/;
/** They are part of how the audit asks. */
const OUR_HEADERS =
  /^(?:host|content-.*|accept|origin|mcp-.*|user-agent|connection|transfer-encoding)$/i;

const commandLine = await readCommandLine(
  USAGE,
  {
    token: { type: 'string' },
    header: { type: 'string', multiple: true },
    'token-2': { type: 'string' },
    'bad-token': { type: 'string' },
    call: { type: 'string' },
    arguments: { type: 'string' },
    yes: { type: 'boolean', default: false },
    'sign-in': { type: 'boolean', default: false },
    'client-id': { type: 'string' },
    ca: { type: 'string' },
    json: { type: 'boolean', default: false },
    html: { type: 'string' },
    sarif: { type: 'string' },
    'fail-on': { type: 'string' },
    strict: { type: 'boolean', default: false },
    baseline: { type: 'string' },
    'write-baseline': { type: 'string' },
    'i-am-allowed': { type: 'boolean', default: false },
  },
  async (values, [address, ...more]) => {
    if (address === undefined || more.length > 0) throw new Error('Audit which URL?');
    if (values['client-id'] !== undefined && !values['sign-in']) {
      throw new Error('--client-id goes with --sign-in.');
    }
    if (values['sign-in'] && values.token !== undefined) {
      throw new Error('--sign-in gets a token; leave --token out.');
    }
    return {
      ...values,
      url: readAuditAddress(address),
      token2: readOther('--token-2', values['token-2']),
      badToken: readOther('--bad-token', values['bad-token']),
      call: values.call === undefined ? undefined : readCall(values.call, values.arguments),
      least: readGravity(values['fail-on'] ?? (values.strict ? 'low' : 'medium')),
      baseline: values.baseline === undefined ? undefined : readBaseline(values.baseline),
      headers: values.header && readHeaders(values.header),
      token: values['sign-in'] ? undefined : await readToken(values.token),
      ca: values.ca === undefined ? undefined : readCertificate(values.ca),
    };
  },
).catch((error: unknown) => refuse(error, USAGE));

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandProblem(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function readOther(option: string, given: string | undefined): string | undefined {
  if (given !== undefined && !AUDIT_TOKEN.test(given)) {
    throw new Error(`${option} has characters that no header can hold.`);
  }
  return given;
}

function readCall(name: string, text = '{}') {
  const values: unknown = parseJson(text);
  if (!isObject(values)) throw new Error('--arguments is no JSON object.');
  return { name, arguments: values };
}

/** A tool may do anything, so that its user is asked. */
async function agree({ name, arguments: values }: ReturnType<typeof readCall>): Promise<void> {
  const what = `${visibleLine(name)} at ${url.host} with ${visibleLine(JSON.stringify(values), 400)}`;
  if (!process.stdin.isTTY) throw new CommandProblem(`With --yes the audit calls ${what}.`);
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asked.question(`Call ${what}? [y/N] `);
  asked.close();
  if (!/^y(?:es)?$/i.test(answer.trim()))
    throw new CommandProblem('Nothing was asked of the server.');
}

function readGravity(word: string): Gravity {
  const gravity = GRAVITIES.find((one) => one === word);
  if (!gravity) throw new Error(`--fail-on is ${GRAVITIES.join(', ')}.`);
  return gravity;
}

function readHeaders(options: string[]): Record<string, string> {
  return Object.fromEntries(
    options.map((option) => {
      const [, name, value] = HEADER.exec(option) ?? [];
      // What was given may be a secret, and is not repeated.
      if (name === undefined || value === undefined) throw new Error('--header is NAME=VALUE.');
      if (OUR_HEADERS.test(name)) throw new Error(`The audit sets ${name} itself.`);
      return [name.toLowerCase(), value];
    }),
  );
}

async function readToken(option = process.env.AUDIT_TOKEN): Promise<string | undefined> {
  const given = option === '-' ? await text(process.stdin) : option;
  const token = given?.trim().replace(/^Bearer +/i, '');
  if (token === undefined || token === '') return undefined;
  if (!AUDIT_TOKEN.test(token))
    throw new Error('The token has characters that no header can hold.');
  return token;
}

const { url, token, headers, ca, json, html, sarif, least, baseline } = commandLine;
const { token2, badToken, call } = commandLine;
if (call && !commandLine.yes) {
  await agree(call).catch((error: unknown) => refuse(error, USAGE));
}
const signIn = commandLine['sign-in']
  ? signInWith({ clientId: commandLine['client-id'], show: askToOpen })
  : undefined;
try {
  const isAllowed = commandLine['i-am-allowed'];
  const audited = await auditServer({
    url,
    token,
    headers,
    token2,
    badToken,
    call,
    signIn,
    ca,
    isAllowed,
    pinnedTools: baseline?.tools,
  });
  const result = baseline ? compareWith(baseline, audited) : audited;
  process.stdout.write(json ? `${JSON.stringify(result, undefined, 2)}\n` : writeText(result));
  leaveFiles(result);
  process.exitCode = exitCodeOf(result, least);
} catch (error) {
  const { code, path: file, message } = error as NodeJS.ErrnoException;
  const isNobody = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  if (error instanceof AddressRefused || error instanceof SignInFailed) console.error(message);
  else if (isNobody) console.error(`No address is known for ${url.hostname}.`);
  else if (file) console.error(`${file} cannot be written (${code}).`);
  else throw error;
  process.exitCode = isNobody || error instanceof SignInFailed ? 3 : 2;
}

/** Not on the standard output, which may be JSON for a program. */
function askToOpen(authorizationUrl: URL): void {
  console.error(`Open this in a browser and sign in; the audit waits three minutes:\n`);
  console.error(`  ${authorizationUrl.href}\n`);
}

function leaveFiles(result: AuditResult): void {
  if (html !== undefined) writeFile(html, writeHtml(result));
  const file = commandLine['write-baseline'];
  if (file !== undefined) writeFile(file, writeBaseline(result));
  if (sarif !== undefined) writeFile(sarif, writeSarif(result));
}
