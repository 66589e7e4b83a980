/** How many texts a question shows, and how much of each. */
const Samples = 3;
const LongestSample = 60;

/** @typedef {import("/client.js").Comment} Comment */

/**
 * Which of the selected comments an act falls on. Of many those of moderators and hosts are left out. It asks before an act against one of
 * them alone, and before one that falls on many people: a slip of the key would silence an audience.
 * @param {Comment[]} comments
 * @param {object} questions
 * @param {(question: string) => Promise<boolean>} questions.ask
 * @param {(comment: Comment) => string} questions.ofOne
 * @param {(count: number, people: string) => string} questions.ofMany of so many comments, of these people
 * @returns {Promise<[chosen: Comment[], leftOut: string]>} none where it is not meant; and a sentence on what was left out
 */
export async function choose(comments, { ask, ofOne, ofMany }) {
  if (comments.length === 1) {
    const [comment] = comments;
    const { author, role } = comment;
    const isMeant = !role || await ask(`${author} is ${role === "owner" ? "a host" : "a moderator"} here. ${ofOne(comment)}`);
    return [isMeant ? comments : [], ""];
  }
  const chosen = comments.filter(({ role }) => !role);
  const people = [...new Map(chosen.map(comment => [comment.authorId ?? comment.author, comment.author])).values()];
  const isMeant = people.length < 2 || await ask(`${ofMany(chosen.length, listed(people))} They wrote: ${samplesOf(chosen)}`);
  return [isMeant ? chosen : [], chosen.length < comments.length ? " Those of moderators and hosts were left out." : ""];
}

/** @param {string[]} people by name */
const listed = people => people.length > 4 ? `${people.length} people (${people.slice(0, 3).join(", ")} …)` : people.join(", ");

/** @param {Comment[]} comments */
const samplesOf = comments =>
  [...new Set(comments.map(({ message }) => message.slice(0, LongestSample)))].slice(0, Samples).map(text => `“${text}”`).join(", ");
