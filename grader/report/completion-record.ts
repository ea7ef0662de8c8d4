/**
 * A result in short, signed as a compact JWS (RFC 7515). It proves that it has not been changed since
 * somebody who holds the private key signed it. Whether the result is right, nobody can prove who
 * graded on a learner's machine.
 */
import { CompactSign, compactVerify, errors } from 'jose';
import { z } from 'zod';
import type { GradeResult } from '../grading/grade-result.ts';
import type { SigningKey } from './signing-keys.ts';
import { parseJson } from '../../shared/parse-json.ts';

const completionRecordSchema = z.object({
  schema: z.literal(1),
  name: z.string(),
  target: z.enum(['student', 'reference']),
  withStretch: z.boolean(),
  /** ISO 8601, UTC. */
  gradedAt: z.iso.datetime(),
  signedAt: z.iso.datetime(),
  versions: z.object({ workbook: z.string(), node: z.string() }),
  fingerprints: z.object({ exercises: z.string(), grader: z.string() }),
  topics: z.array(
    z.object({
      slug: z.string(),
      passed: z.number(),
      /** Ids of the checks that did not pass. */
      open: z.array(z.string()),
      points: z.number(),
      earned: z.number(),
    }),
  ),
  /** What went wrong outside of any check. */
  problems: z.array(z.string()),
  passed: z.number(),
  failed: z.number(),
  points: z.number(),
  earned: z.number(),
});

export type CompletionRecord = z.infer<typeof completionRecordSchema>;

/** So that nothing else that was signed with the key passes for a record. */
const TYPE = 'secure-mcp-workbook-record+jws';

export function signRecord(
  result: GradeResult,
  name: string,
  { key, alg, kid }: SigningKey,
  signedAt = new Date(),
): Promise<string> {
  const { target, withStretch, versions, fingerprints, problems } = result;
  const { passed, failed, points, earned } = result;
  const record: CompletionRecord = {
    schema: 1,
    name,
    target,
    withStretch,
    gradedAt: result.startedAt,
    signedAt: signedAt.toISOString(),
    versions,
    fingerprints,
    topics: result.topics.map((topic) => ({
      slug: topic.slug,
      passed: topic.passed,
      open: topic.checks.filter(({ state }) => state !== 'passed').map(({ id }) => id),
      points: topic.points,
      earned: topic.earned,
    })),
    problems,
    passed,
    failed,
    points,
    earned,
  };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(record)))
    .setProtectedHeader({ alg, kid, typ: TYPE })
    .sign(key);
}

/** A record that is not to be believed. The message says why. */
export class RecordProblem extends Error {
  override readonly name = 'RecordProblem';
}

export async function verifyRecord(
  jws: string,
  { key, alg }: SigningKey,
): Promise<CompletionRecord> {
  // The key decides about the algorithm, never the record: a record that names `none`, or takes the
  // public key for a shared secret, is refused here.
  const { payload, protectedHeader } = await compactVerify(jws.trim(), key, {
    algorithms: [alg],
  }).catch((error: unknown) => {
    throw new RecordProblem(whyNot(error));
  });
  const record = completionRecordSchema.safeParse(parseJson(new TextDecoder().decode(payload)));
  if (protectedHeader.typ !== TYPE || !record.success) {
    throw new RecordProblem('It is signed with this key, but it is no completion record.');
  }
  return record.data;
}

function whyNot(error: unknown): string {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'The signature does not match: it was changed, or signed with another key.';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return 'It names an algorithm that does not go with this key.';
  }
  if (error instanceof errors.JOSEError) return 'It is not a signed record (a compact JWS).';
  throw error;
}
