import { checkTopic } from './check-topic.ts';

checkTopic('21-outgoing-requests');
