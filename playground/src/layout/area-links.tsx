import styles from './area-links.module.css';
import { areas, type Area } from './areas.ts';

interface AreaLinksProps {
  current: Area;
}

/** The parts of the workbook. */
export function AreaLinks({ current }: AreaLinksProps) {
  return (
    <nav aria-label="Parts of the workbook">
      <ul className={styles.list}>
        {areas.map((area) => (
          <li key={area.title}>
            <a
              className={styles.link}
              href={area.href}
              aria-current={area === current ? 'true' : undefined}
            >
              {area.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
