import { checkTopic } from './check-topic.ts';

checkTopic('07-credentials');
