import { checkTopic } from './check-topic.ts';

checkTopic('14-secure-server');
