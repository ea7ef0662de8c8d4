/** Gets a real access token at a target, changes it as asked, and presents the result. */
import { StepFailed } from '../../lab/protocol.ts';
import { signIn } from '../../catalogue/attacks/oauth-client.ts';
import { bearerParameters, PARIS } from '../../catalogue/attacks/replies.ts';
import { decodeToken } from '../../shared/decode-token.ts';
import { faultsOn } from '../../lab/faults-on.ts';
import { requireAnswer } from '../require-answer.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import { TargetProblem } from '../../lab/target-process.ts';
import { defectsOf } from './defects.ts';
import { makeToken } from './make-token.ts';
import {
  scopeOfTool,
  type StudyTool,
  type StudyUser,
  type Presented,
  type TokenChanges,
  type TokenReport,
} from './shared.ts';

export interface StudyOrder {
  user: StudyUser;
  changes: TokenChanges;
  tool: StudyTool;
  /** Whether the token is presented, or only made. */
  present: boolean;
}

/** What the user agrees to in the honest flow. */
const GRANTED = 'weather:read weather:write';
/** Placeholders may make a token longer than the changes were. Node reads 16 KiB of headers. */
const LONGEST_TOKEN = 14 * 1024;

const toolArguments: Record<StudyTool, unknown> = {
  get_weather: PARIS,
  save_alert: { city: 'Paris', text: 'Frost tonight' },
  list_all_alerts: {},
};

export async function runTokenStudy(
  lab: TargetSession,
  { user, changes, tool, present }: StudyOrder,
): Promise<TokenReport> {
  const token = await getRealToken(lab, user);
  const real = decodeToken(token);
  if (!real) throw new TargetProblem('The authorization server gave a token that is no JWT.');
  const made = await makeToken(lab, token, changes);
  if (made.token.length > LONGEST_TOKEN) {
    throw new TargetProblem(
      `This token would have ${made.token.length} characters, and a server that reads its headers takes about ${LONGEST_TOKEN}. Shorter changes make the same point.`,
    );
  }
  const now = Math.floor(lab.now() / 1000);
  const presented = present ? await presentToken(lab, made.token, tool) : undefined;
  const { issuer, resource, scopesSupported } = lab.config;
  const keyId = String(real.header.kid);
  const expected = { issuer, resource, keyId, scope: scopeOfTool[tool], scopesSupported };
  return {
    now,
    real,
    made,
    defects: defectsOf(made.header, made.claims, made.signedHow, now, expected),
    ...(presented && { presented }),
    faults: faultsOn(await lab.tape()),
  };
}

async function getRealToken(lab: TargetSession, user: StudyUser): Promise<string> {
  try {
    return (await signIn(lab, { scope: GRANTED }, { user })).tokens.accessToken;
  } catch (error) {
    if (error instanceof StepFailed) throw lab.lost ?? new TargetProblem(error.message);
    throw error;
  }
}

async function presentToken(
  lab: TargetSession,
  token: string,
  tool: StudyTool,
): Promise<Presented> {
  const reply = await lab.call(tool, toolArguments[tool], { token });
  const exchange = lab.exchanges.at(-1);
  requireAnswer(lab, reply);
  const [ran] = await lab.executions([reply]);
  const { error, error_description: errorDescription } =
    bearerParameters(reply.headers['www-authenticate']) ?? {};
  return {
    exchange: exchange!,
    ...(ran && { ran: { tool: ran.tool, subject: ran.subject } }),
    ...(error !== undefined && { error }),
    ...(errorDescription !== undefined && { errorDescription }),
    fetched: lab.outOfBand.hits(),
  };
}
