/** Talks to the lab that serves this page. */
import type { Owner, SameIvTwice } from '../../../studies/envelope/shared.ts';
import type { Flow } from '../../../studies/flow/shared.ts';
import type { AnswerVerdict } from '../../../studies/forensics/shared.ts';
import type {
  WholeServerEvent,
  WholeServerRequest,
  Catalogue,
  CodeCompletions,
  CodeExplanation,
  CodePlace,
  CodeProblem,
  CodeText,
  FireEvent,
  FireRequest,
  ForensicsAnswer,
  GivenText,
  GradeRequest,
  GradeStep,
  HintsRequest,
  LabEvent,
  Marks,
  PinRequest,
  Progress,
  ProgressReset,
  ReferenceText,
  ServerAuditRequest,
  ServerAuditStep,
  ShownHints,
  StubConflict,
  StubSave,
  StubText,
  Studies,
  StudyEvent,
  UnpinRequest,
  UseRequest,
} from '../../lab-api.ts';
import { readJsonLines } from './json-lines.ts';

/** Largest request body the lab takes, in bytes. */
export const MOST_BODY_BYTES = 64 * 1024;

/** What the lab, or its absence, answered. The message is a sentence for people. */
export class LabError extends Error {
  override readonly name = 'LabError';
  /** Status of the answer; 0 when the lab could not be reached. */
  readonly status: number;
  /** Body of the answer, if it was JSON. */
  readonly body: unknown;

  constructor(message: string, status: number, body?: unknown) {
    super(message);
    this.status = status;
    this.body = body;
  }

  /** Every start of the lab makes a new token; a page from before it is turned away. */
  get isFromEarlierRun(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

export async function fetchCatalogue(signal?: AbortSignal): Promise<Catalogue> {
  const response = await askLab('/lab/catalogue', { signal: signal ?? null });
  const catalogue: Catalogue = await response.json();
  return catalogue;
}

export async function fetchProgress(signal?: AbortSignal): Promise<Progress> {
  const response = await askLab('/lab/progress', { signal: signal ?? null });
  const progress: Progress = await response.json();
  return progress;
}

export async function saveProgress(slug: string, marks: Marks): Promise<void> {
  await askLab('/lab/progress', postJson({ [slug]: marks }));
}

export async function pinPayload(request: PinRequest): Promise<void> {
  await askLab('/lab/pin', postJson(request));
}

export async function unpinPayload(request: UnpinRequest): Promise<void> {
  await askLab('/lab/unpin', postJson(request));
}

export async function fireAttack(
  request: FireRequest,
  signal: AbortSignal,
): Promise<AsyncGenerator<FireEvent>> {
  return linesOf(await askLab('/lab/fire', { ...postJson(request), signal }));
}

export async function tryUse(
  request: UseRequest,
  signal: AbortSignal,
): Promise<AsyncGenerator<FireEvent>> {
  return linesOf(await askLab('/lab/use', { ...postJson(request), signal }));
}

export async function fetchFlows(signal?: AbortSignal): Promise<Flow[]> {
  const response = await askLab('/lab/flow', { signal: signal ?? null });
  const flows: Flow[] = await response.json();
  return flows;
}

export async function runWholeServerCheck(
  request: WholeServerRequest,
  signal: AbortSignal,
): Promise<AsyncGenerator<WholeServerEvent>> {
  return linesOf(await askLab('/lab/whole-server', { ...postJson(request), signal }));
}

export async function gradeTopics(
  request: GradeRequest,
  signal: AbortSignal,
): Promise<AsyncGenerator<GradeStep>> {
  return linesOf(await askLab('/lab/grade', { ...postJson(request), signal }));
}

export async function showHints(request: HintsRequest): Promise<ShownHints> {
  const response = await askLab('/lab/hints', postJson(request));
  const shown: ShownHints = await response.json();
  return shown;
}

export async function resetProgress(): Promise<ProgressReset> {
  const response = await askLab('/lab/progress/reset', postJson({}));
  const reset: ProgressReset = await response.json();
  return reset;
}

export async function askForStudy<Path extends keyof Studies>(
  path: Path,
  request: Studies[Path]['request'],
  signal: AbortSignal,
): Promise<AsyncGenerator<StudyEvent<Studies[Path]['study']>>> {
  return linesOf(await askLab(path, { ...postJson(request), signal }));
}

export async function encryptUnderSameIv(texts: Record<Owner, string>): Promise<SameIvTwice> {
  const response = await askLab('/lab/same-iv', postJson({ texts }));
  const shown: SameIvTwice = await response.json();
  return shown;
}

export async function checkForensicsAnswer(answer: ForensicsAnswer): Promise<AnswerVerdict> {
  const response = await askLab('/lab/forensics/answer', postJson(answer));
  const verdict: AnswerVerdict = await response.json();
  return verdict;
}

export async function fetchStub(file: string, signal?: AbortSignal): Promise<StubText> {
  const path = `/lab/stub?file=${encodeURIComponent(file)}`;
  const response = await askLab(path, { signal: signal ?? null });
  const stub: StubText = await response.json();
  return stub;
}

/** The solution of a stub, by the stub's name, once its topic is solved. */
export async function fetchReference(file: string, signal?: AbortSignal): Promise<string> {
  const path = `/lab/reference?file=${encodeURIComponent(file)}`;
  const response = await askLab(path, { signal: signal ?? null });
  const { text }: ReferenceText = await response.json();
  return text;
}

/** A file of the given server. */
export const fetchGiven = (file: string, signal?: AbortSignal): Promise<string> =>
  fetchText('given', file, signal);

/** A stub as it was shipped. */
export const fetchShipped = (file: string, signal?: AbortSignal): Promise<string> =>
  fetchText('shipped', file, signal);

async function fetchText(
  which: 'given' | 'shipped',
  file: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const path = `/lab/${which}?file=${encodeURIComponent(file)}`;
  const response = await askLab(path, { signal: signal ?? null });
  const { text }: GivenText = await response.json();
  return text;
}

/** Tells the file as it is then: as it was sent, or as somebody else wrote it in the meantime. */
export async function saveStub(save: StubSave): Promise<{ saved: boolean; now: StubText }> {
  try {
    const response = await askLab('/lab/stub', postJson(save));
    const now: StubText = await response.json();
    return { saved: true, now };
  } catch (error) {
    if (!(error instanceof LabError && error.status === 409)) throw error;
    return { saved: false, now: error.body as StubConflict };
  }
}

/** What TypeScript says of a stub while it is written. */
export async function findCompletions(
  place: CodePlace,
  signal: AbortSignal,
): Promise<CodeCompletions> {
  const response = await askLab('/lab/code/completions', { ...postJson(place), signal });
  const completions: CodeCompletions = await response.json();
  return completions;
}

export async function explainCode(place: CodePlace): Promise<CodeExplanation | undefined> {
  const response = await askLab('/lab/code/explanation', postJson(place));
  const explanation: CodeExplanation | null = await response.json();
  return explanation ?? undefined;
}

export async function findCodeProblems(
  text: CodeText,
  signal: AbortSignal,
): Promise<CodeProblem[]> {
  const response = await askLab('/lab/code/problems', { ...postJson(text), signal });
  const problems: CodeProblem[] = await response.json();
  return problems;
}

export async function auditServer(
  request: ServerAuditRequest,
  signal: AbortSignal,
): Promise<AsyncGenerator<ServerAuditStep>> {
  return linesOf(await askLab('/lab/server-audit', { ...postJson(request), signal }));
}

export async function openEvents(signal: AbortSignal): Promise<AsyncGenerator<LabEvent>> {
  return linesOf(await askLab('/lab/events', { signal }));
}

/** What went wrong while the lab was asked, as a sentence for people. */
export function describeProblem(error: unknown): string {
  if (error instanceof LabError) return error.message;
  if (error instanceof SyntaxError) return 'The answer of the lab could not be read.';
  // A stream that breaks off says so with a TypeError whose text differs between browsers.
  return 'The connection to the lab broke off.';
}

function postJson(value: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

function linesOf<Value>(response: Response): AsyncGenerator<Value> {
  if (!response.body) throw new LabError('The lab answered without a body.', response.status);
  return readJsonLines<Value>(response.body);
}

async function askLab(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('x-lab-token', labToken());
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, cache: 'no-store' });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new LabError('The lab does not answer.', 0);
  }
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => undefined);
  throw new LabError(problemIn(body, response.status), response.status, body);
}

function labToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="lab-token"]')?.content ?? '';
}

function problemIn(body: unknown, status: number): string {
  if (typeof body === 'object' && body !== null && 'error' in body) {
    if (typeof body.error === 'string') return body.error;
  }
  return `The lab answered with status ${status}.`;
}
