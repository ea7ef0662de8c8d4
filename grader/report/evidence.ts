/** An explanation, as the terminal prints it, taken apart for a page. */

export interface Evidence {
  /** What was seen, sentence by sentence. */
  findings: string[];
  /** Sent, got, executed, expected and the like; a text may have several lines. */
  facts: { label: string; text: string }[];
}

/** A label stands at the beginning of a line, with three spaces or more behind it. */
const LABELLED = /^([A-Z][a-z ]{1,15}?) {3,}(\S.*)$/;
const CONTINUED = /^ {15}(.*)$/;

export function readExplanation(explanation: string): Evidence {
  const evidence: Evidence = { findings: [], facts: [] };
  for (const line of explanation.split('\n')) {
    const [, label, text] = LABELLED.exec(line) ?? [];
    const [, more] = CONTINUED.exec(line) ?? [];
    const last = evidence.facts.at(-1);
    if (label && text) evidence.facts.push({ label, text });
    else if (more !== undefined && last) last.text += `\n${more}`;
    else if (line.trim()) evidence.findings.push(line.trim());
  }
  return evidence;
}
