import { describeSequences } from './sequences.ts';

describeSequences('where a change of two or three members is staged', 8);
