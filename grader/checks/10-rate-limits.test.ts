import { checkTopic } from './check-topic.ts';

checkTopic('10-rate-limits');
