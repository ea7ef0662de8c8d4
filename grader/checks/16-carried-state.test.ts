import { checkTopic } from './check-topic.ts';

checkTopic('16-carried-state');
