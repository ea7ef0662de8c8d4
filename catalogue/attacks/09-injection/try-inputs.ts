/** What attacks through the arguments of tools have in common: trying inputs one after the other. */
import type { Findings } from '../../../lab/attack.ts';
import type { LabSession, LabReply } from '../../../lab/protocol.ts';
import { complainAboutInvalidInput, succeeded } from '../replies.ts';

/** A user of its own for every call, so that no limit gets in the way. */
export async function callAsUser(
  lab: LabSession,
  tool: string,
  args: Record<string, unknown>,
  scope?: string,
): Promise<LabReply> {
  const token = await lab.mint(scope === undefined ? {} : { claims: { scope } });
  return lab.call(tool, args, { token });
}

/** An answer to an attack is an ordinary one, or says that the input is not acceptable. */
export const complainAboutAnswer = (reply: LabReply): string[] =>
  succeeded(reply) ? [] : complainAboutInvalidInput(reply);

/** Tries one after the other until something is breached. */
export async function tryEach<T>(
  items: T[],
  attempt: (item: T) => Promise<Findings>,
): Promise<Findings> {
  const complaints: string[] = [];
  for (const item of items) {
    const findings = await attempt(item);
    if (findings.breaches.length > 0) return findings;
    complaints.push(...findings.complaints);
  }
  return { breaches: [], complaints: [...new Set(complaints)] };
}

export const excerpt = (text: string): string =>
  text.length > 100 ? `${text.slice(0, 100)}…` : text;
