import type { ActorOf, RecordRefused } from './attempted-calls.ts';
import type { ToolList } from './list-tools.ts';
import type { CallPipeline } from './tool-calls.ts';

/** What messages are answered with, in every revision. */
export interface MessageMeans {
  actorOf: ActorOf;
  listTools: ToolList;
  /** How many there are, whoever asks. */
  toolCount: number;
  runCall: CallPipeline['run'];
  recordRefused: RecordRefused;
}
