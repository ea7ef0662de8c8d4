interface ProseProps {
  /** Plain text in which `backticks` mark code. */
  text: string;
}

/** A sentence of ours (a story, a quiz question) with its code set as code. */
export function Prose({ text }: ProseProps) {
  return text
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? <code key={`${i}:${part}`}>{part}</code> : part));
}
