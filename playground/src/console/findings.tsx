import type { AttackReport, UseReport } from '../../../lab/protocol.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { SentenceList } from './sentence-list.tsx';

interface FindingsProps {
  report: AttackReport | UseReport;
}

/** What the lab concluded, in sentences. They may quote the target, so they are hostile too. */
export function Findings({ report }: FindingsProps) {
  const lists =
    'attackId' in report
      ? [
          { title: 'What the attacker got', sentences: report.breaches },
          { title: 'Blocked, but not as a client needs it', sentences: report.complaints },
          { title: 'Ordinary use failed before or after', sentences: report.controlProblems },
        ]
      : [{ title: 'What did not work', sentences: report.problems }];
  lists.push({ title: 'Mistakes in your file', sentences: report.faults });

  return (
    <>
      {'summary' in report && !report.breaches.includes(report.summary) && (
        <p>
          <HostileText text={report.summary} fold={600} />
        </p>
      )}
      {lists.map(({ title, sentences }) => (
        <SentenceList key={title} title={title} sentences={sentences} />
      ))}
    </>
  );
}
