/** A person who types these lines, one for each question; nobody is there, and standard input holds `input`, unless there are lines. */
export function answering(typed: readonly string[] | undefined, input = '') {
  const questions: string[] = [];
  const rest = [...(typed ?? [])];
  const answer = async (question: string): Promise<string> => {
    questions.push(question);
    return rest.shift() ?? Promise.reject(new TypeError(`nothing is left to answer "${question}" with`));
  };
  return { isInteractive: typed !== undefined, ask: answer, askHidden: answer, readInput: async () => input, questions };
}

export const nobodyToAsk = answering(undefined);
