import { checkTopic } from './check-topic.ts';

checkTopic('19-external-issuer');
