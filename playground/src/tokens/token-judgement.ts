import type { TokenReport } from '../../../studies/tokens/shared.ts';
import type { Judgement } from '../console/judgement.ts';
import type { StudyOutcome } from '../lab-client/use-study.ts';

/** What a target made of the token, in a few words. */
export function judgeToken(outcome: StudyOutcome<TokenReport>): Judgement {
  if (outcome.type === 'broken') {
    return { word: 'Could not run', icon: 'notRun', tone: 'inconclusive' };
  }
  const { presented, defects } = outcome.study;
  if (!presented) return { word: 'Not sent', icon: 'notStarted', tone: 'inconclusive' };
  if (presented.ran) {
    return defects.length === 0
      ? { word: 'Accepted', icon: 'works', tone: 'blocked' }
      : { word: 'Accepted', icon: 'breached', tone: 'breached' };
  }
  if (presented.fetched.length > 0) {
    return { word: 'Refused, but fetched its key', icon: 'breached', tone: 'breached' };
  }
  const { status } = presented.exchange.response;
  if (defects.length === 0) {
    return { word: 'Refused, though nothing is wrong', icon: 'fails', tone: 'breached' };
  }
  return status >= 400 && status < 500
    ? { word: 'Refused', icon: 'blocked', tone: 'blocked' }
    : { word: `Nothing ran, HTTP ${status}`, icon: 'inconclusive', tone: 'inconclusive' };
}

/** What a client would rather have been told, in a sentence; undefined if it was told that. */
export function wrongStatus({ defects, presented }: TokenReport): string | undefined {
  const status = presented?.exchange.response.status;
  if (!presented || presented.ran || defects.length === 0) return undefined;
  const isTokenBad = defects.some((defect) => defect.status === 401);
  if (isTokenBad) {
    return status === 401 && presented.error === 'invalid_token'
      ? undefined
      : '401 with invalid_token would tell a client to get another token.';
  }
  return status === 403 && presented.error === 'insufficient_scope'
    ? undefined
    : '403 with insufficient_scope would tell a client to ask its user for more.';
}
