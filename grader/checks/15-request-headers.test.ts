import { checkTopic } from './check-topic.ts';

checkTopic('15-request-headers');
