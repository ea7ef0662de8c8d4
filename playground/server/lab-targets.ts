/** The three targets of the playground, each in a process of its own. */
import type { Attack, LegitimateUse } from '../../lab/attack.ts';
import type { AttackReport, UseReport } from '../../lab/protocol.ts';
import type { FlowId, FlowWalk } from '../../studies/flow/shared.ts';
import { flowOf } from '../../studies/flow/flows.ts';
import { learnersWholeServer, partOf, type Part } from '../../catalogue/curriculum.ts';
import { walkFlow } from '../../studies/flow/walk-flow.ts';
import { Lab } from '../../lab/lab.ts';
import { checkWholeServer, type WholeServerItem } from '../../grader/whole-server.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';
import type { TargetName } from '../lab-api.ts';

export class LabTargets {
  readonly #labs: Record<TargetName, Lab>;

  static async open(): Promise<LabTargets> {
    const [baseline, yours, reference] = await Promise.all([
      Lab.open(),
      Lab.open({ keepSpare: true }),
      Lab.open(),
    ]);
    return new LabTargets({ baseline, yours, reference });
  }

  private constructor(labs: Record<TargetName, Lab>) {
    this.#labs = labs;
  }

  fire(
    target: TargetName,
    slug: string,
    attack: Attack,
    variant: string,
    payload: unknown,
    copies = 1,
  ): Promise<AttackReport> {
    return this.#labs[target].fire(specOf(target, slug), attack, variant, payload, copies);
  }

  try(target: TargetName, slug: string, use: LegitimateUse): Promise<UseReport> {
    return this.#labs[target].try(specOf(target, slug), use);
  }

  /** Walks a flow; `yours` is the whole server of the learner, because every topic of its part has a share in it. */
  walk(target: TargetName, flow: FlowId, switches: string[]): Promise<FlowWalk> {
    return this.#labs[target].study(wholeSpecOf(target, partOf(flowOf(flow).topic)), (session) =>
      walkFlow(session, flow, switches),
    );
  }

  /** Checks the whole server behind a target, with one topic of a part. */
  wholeServer(target: TargetName, part: Part, slug: string): AsyncGenerator<WholeServerItem> {
    return checkWholeServer(slug, wholeSpecOf(target, part), this.#labs[target]);
  }

  /** Lets `work` do what it likes with a server on which the controls of one topic are the target's. */
  study<T extends { faults: string[] }>(
    target: TargetName,
    slug: string,
    work: (session: TargetSession) => Promise<T>,
  ): Promise<T> {
    return this.#labs[target].study(specOf(target, slug), work);
  }

  /** The same, with the controls of that topic among reference neighbours on the baseline as well. */
  studyAlone<T extends { faults: string[] }>(
    target: TargetName,
    slug: string,
    work: (session: TargetSession) => Promise<T>,
    instances?: number,
  ): Promise<T> {
    return this.#labs[target].study(
      target === 'reference' ? { kind: target } : { kind: kindsAlone[target], topic: slug },
      work,
      instances,
    );
  }

  /** Takes up a changed stub; why it cannot be used, or undefined. */
  async reload(slug: string): Promise<string | undefined> {
    await this.#labs.yours.restart();
    return this.problemWith(slug);
  }

  /** Why the learner's files of a topic cannot be used, or undefined. */
  problemWith(slug: string): Promise<string | undefined> {
    return this.#labs.yours.problemWith(specOf('yours', slug));
  }

  /** Starts the processes ahead of the first firing, yours first. */
  async warmUp(): Promise<void> {
    for (const target of ['yours', 'baseline', 'reference'] as const) {
      await this.#labs[target].warmUp();
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#labs).map((lab) => lab.close()));
  }
}

function specOf(target: TargetName, slug: string): TargetSpec {
  return target === 'yours' ? { kind: 'student', topic: slug } : { kind: target };
}

/** With all topics of a part together. */
function wholeSpecOf(target: TargetName, part: Part): TargetSpec {
  return target === 'yours' ? learnersWholeServer(part) : { kind: target };
}
const kindsAlone = { baseline: 'without', yours: 'student' } as const;
