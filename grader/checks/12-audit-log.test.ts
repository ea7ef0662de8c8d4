import { checkTopic } from './check-topic.ts';

checkTopic('12-audit-log');
