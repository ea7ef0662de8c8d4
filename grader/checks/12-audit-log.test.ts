import { checkTopic } from './check-topic.ts';

await checkTopic('12-audit-log');
