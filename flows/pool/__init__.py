"""The embedded user pool: it answers what boto3 and other clients send, as Cognito would.

At the top stands what every sign-in passes through. A request comes in by ``wire``, ``engine`` is the loop over one
``attempt``, each step of it comes to one of the ``outcomes``, and ``policy`` says what comes next. The rest has rooms:

``accounts``         signing up, being invited, proving an address, forgetting a password; the codes that confirm it
``auth_flows``       one file per AuthFlow: how a sign-in begins
``challenges``       one file per ChallengeName: what is asked, and which answer passes
``control_plane``    what a pool and its app clients may be set to, by default and by tier, and how they are described
``delivery``         how codes and other messages are worded, and by which way they are sent
``demo``             the demo's cast, the pool that is made for it, and what it shows to the person at this machine
``device_tracking``  which devices are known, when one is remembered, what it has to prove
``directory``        users: names and aliases, addresses, attributes and their schema, groups, search; and who is nobody
``errors``           refusals: Cognito's codes and exact texts, by what is refused
``factors``          first and second factors: which a user has, which is asked; authenticator apps and sign-in codes
``issuing``          tokens: how they are made and signed, what they say, how they are refreshed, checked and revoked
``lambda_triggers``  which Lambda trigger is called when, with what, and what its answer changes
``lambdas``          running a Lambda function, in a process of its own or elsewhere
``management``       the pool's own commands of manage.py
``migrations``       Django's, of the models
``models``           what the database keeps
``operations``       one file per API operation
``proofs``           passwords: their policy, what is kept of them, how SRP proves them; devices prove theirs alike
``protocol``         who may send a request and what it must be, before an operation sees it; what an answer looks like
``webauthn``         passkeys: what a browser sends, and judging it
"""
