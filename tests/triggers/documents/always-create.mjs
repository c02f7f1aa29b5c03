// Ours: the documents have no create function for a sign-in that begins with SRP_A. Theirs asks in the first round only.
export const handler = async (event) => {
    event.response.publicChallengeParameters = { captchaUrl: "url/123.jpg" };
    event.response.privateChallengeParameters = { answer: "5" };
    return event;
};
