import { HostileText } from '../text/hostile-text.tsx';
import styles from './checks-tool.module.css';

interface GradeProblemsProps {
  problems: string[];
}

/** What went wrong outside of any check. */
export function GradeProblems({ problems }: GradeProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => (
        <li key={problem}>
          <HostileText text={problem} fold={600} />
        </li>
      ))}
    </ul>
  );
}
