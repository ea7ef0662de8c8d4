interface GradeTimeProps {
  /** ISO 8601. */
  at: string;
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export function GradeTime({ at }: GradeTimeProps) {
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}
