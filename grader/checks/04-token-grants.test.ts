import { checkTopic } from './check-topic.ts';

checkTopic('04-token-grants');
