import { checkTopic } from './check-topic.ts';

checkTopic('01-oauth-discovery');
