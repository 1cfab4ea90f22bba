/*
Package gateway is the SDK of Rollcall: it asks a gateway that speaks the
Voicent HTTP protocol to call somebody, follows the call and removes its record.

The vocabulary stands in gateway.go: a [Request] asks for one call, the gateway
answers with a [ReqID], a [Status] tells what came of it, attempt by attempt,
and an [Outcome] is the verdict on one attempt; outcome.go is the table between
verdicts and the protocol's words. wire.go and status.go hold the protocol's
format in both directions, so that the embedded gateway in gateway/server writes
exactly what the client reads.

[Client] speaks the protocol to one gateway, the vendor's or ours, and needs
nothing beyond what the vendor documents. The usual course is

	id, err := client.Call(ctx, request)   // keep the id
	status, err := client.Wait(ctx, id)    // keep the result
	err = client.Remove(ctx, id, gateway.Removal{})

and for many calls a [Follower] in the place of Wait. The examples are the
manual. What a reader looks for stands in

	client.go     asking for a call, for its status and for its removal
	exchange.go   one question and its reply: slots, time limits, repetition
	extension.go  the pages that only our gateway has
	follow.go     following many calls; following.go, feed.go, queue.go and
	              seen.go are the loop behind it
	wait.go       following one
	session.go    what a document knows of its call

Three promises hold. A call is asked for once, however the network fails, and
an error tells whether that was sent: [ErrUnreachable], [ErrInDoubt] or a
[*RefusedError]. Only what changes nothing is repeated. Nothing that a gateway
says is believed before it was checked: replies are bounded, and what cannot be
read is [ErrUnreadable], never a guess.

What follows is what the protocol leaves open, and what we add to it.

# Sources

The vendor's public reference pages say what requests mean; the form of replies
is that of replies captured from a real gateway (status_test.go, wire_test.go),
and tolerance is measured by what public clients send (server's ocall_test.go).

# Choices where the protocol is silent

  - The reply to a request is text/html, every other one text/plain, all of them
    UTF-8 and never cached. Parameters that are not UTF-8 are read as Latin-1.
  - A refusal is one line that starts with "ERROR: ", with status 200. A request
    of which the journal does not know for sure whether it was kept is answered
    by a line that starts with "UNCERTAIN: ": neither a refusal nor a ReqId, so
    that our client reports [ErrInDoubt].
  - info, phoneno and firstocc must be sent; info may be empty. schedule=t
    without a calltime is refused: someone wanted it later. A calltime after
    firstocc is accepted and ends as "Too late to call".
  - A number sent as one space and a digit has lost its + to a client that does
    not encode; so it is read with a +.
  - firstocc=0 is one attempt, at most [SoonLimit] after it is due.
  - Values in a status reply lose what the format cannot hold: ^ everywhere, |
    and = in answers, and control characters, all replaced by a space. A field
    that would read just "made", "failed" or the like, such as an attendee
    "made", gets a space behind it, because clients search the whole body for
    ^made^; an attendee "null" likewise. The client trims both.
  - An attempt that another one followed is written as a retry, whatever came of
    it, so that one final word at most stands in a reply.
  - Busy and congestion are retried in the words of the captured retry: "Line
    Busy. Try in 1 minute ". Where the operator's rules set other pauses, their
    minutes stand there.
  - A call whose time passes while its document is fetched is not dialled: it
    ends as "Too late to call".
  - Of calls that are due, those with a higher priority come first, then the one
    that has been due longest.
  - A person who hangs up midway, at any moment after answering, was reached:
    "Call succeeded". A machine that hangs up before a message was played to its
    end is "Answering machine no beep detected". A document that fails while the
    call runs is "Service Error".
  - The document for a machine is asked for at the same address, with
    answeredby=machine added to the query. A machine that leaves two questions
    unanswered is hung up on: a document for people may ask for ever.
  - The exit document is run for its effects after every call that was answered
    and was not ended by an operator or by the gateway's own end. The line is
    down by then, so it cannot be heard, and its failure changes no verdict.
  - A call lasts an hour at most, a recording ten minutes.
  - A document may connect people with tel: and sip: addresses that the operator
    has opened (setting transfer_to), and with no other: a document is not always
    the operator's own. The practice line, where no phone rings, plays all.
  - What documents refer to is kept for all calls by HTTP's own rules (RFC 9111),
    apart for each address that requests come from, 64 MiB in all.
  - sms=1 sends txt as a text message, where the operator has configured who
    sends it. One that the sender has taken is "Call succeeded", one that it
    refused "Service Error", and one of which nobody knows "Interrupted"; none is
    sent again. On the practice line none is sent.
  - startapp names an application that the operator has deployed: a document by
    its file or address.
  - The page / is one for people, not the vendor's web application.
  - A call till confirm is a campaign that begins at once; its ReqId is that of
    no call. Its status is "[]" while it runs, then one record: "made" with the
    answer confirm=CODE and the name of who keyed it, or "failed", "No Answer".
    calltime and reference are refused with it, firstocc and phoneno not heeded.
    Removing it ends it; hangup=1 ends none of its calls.
  - Of vcast.exe's options -startnow and -confirmcode must be there; -wavfile,
    -import, -numbers, -cleanstatus, -maxlines, -caller and -noexit may be, and any
    other is refused. Without -wavfile the request's txt or audiofile is played.
    -import and -numbers add to the list. The list is known by the name of its
    file alone, without folder, ending and case.
  - After the message the code is asked for three times at most. A machine is
    left the message alone, and keys no code.
  - Lists and their names are kept until they are imported into again. Who has
    the same digits as somebody who is on the list already is that person;
    mergeopt empty fills in what is blank, skip and none leave it. Two rows of one
    import stay two; the second number is not called.
  - A campaign is a copy of its list when it starts. bbp with a list in the same
    request calls only the people of that one; with listname it calls everybody,
    also who was reached before. A call till confirm leaves those out.
  - The number is in the columns of phonecols, else in the first one whose name
    holds "phone", the name in the first one that holds "name". row1 other than 1
    makes the columns "Phone", "Column 2" and so on.
  - Busy, no answer and congestion are dialled three times in all, a minute
    apart, in the order of the list; then, or if a number does not work, the
    row's next one is. A call that was interrupted ends its row. What found no
    line within a minute was not a try.
  - bbp without msgtype and msginfo plays the application named like the campaign
    (CAMP_NAME), else it is refused. msgtype tts speaks msginfo, in which [Column]
    and ${Column} stand for the row's cell: a ${Column} that is none is refused,
    a [Column] that is none is text. audio is a file of the folder; ivr, survey
    and template are applications. calldisps that is not empty is refused.
  - camp_id has sixteen digits, leadsrc_id few. Either may stand in any parameter
    for an id; that of a list means the newest campaign on it.
  - campstats counts rows: campsize is noact (waiting), lines (at the gateway
    now), made, failed, wit (never called, for the campaign was ended) and notin
    (never to be called) together. made is live and machine; failed is told apart
    as linebusy (with congestion), noanswer, disc (not in service), serverr
    (document) and the rest; nophone is part of notin, in is the rest of campsize.
    optout counts answers optout=true. info is the list, notes who has confirmed.
    fax, dnc, dropped, connected, callback and the agents are 0.
  - An export has the list's columns, then Phone dialled, Status, Reason,
    Attempts, Last Call and Notes; extracols asks for nothing more. Cells that a
    spreadsheet would compute begin with an apostrophe, phone numbers excepted.
  - A call that was being dialled when the gateway died is "failed", reason
    "Interrupted": it may or may not have rung. One that an operator ended is
    "failed", reason "Ended by operator".

# Deviations

  - A connection is kept only for a client that says Connection: keep-alive, as
    HTTP/1.0 had it: one old client reads until the connection ends.
  - Requests that a web page could have made are refused: with an Origin, with a
    Sec-Fetch-Site other than none and same-origin, or with a Host that names
    neither loopback, nor the address that the request arrived at, nor a name
    that was configured.
  - startvxml, exitvxml and audiofile name files of one configured folder only;
    without one they are refused. Such a document refers to other documents and
    recordings by full web addresses. What a document refers to is always
    fetched by http or https.
  - importfile, importfilepath and msginfo name files of the same folder. f names
    a file in webapps/ROOT/assets/global/, of letters, digits, space, _, . and -;
    the newest hundred are kept. A list has at most 16 MiB, 100,000 rows, 200
    columns, 4 Mi cells and 32 KiB a cell; two are read at a time.
  - eocactions is refused. Programs are never run.
  - Other machines than the gateway's own must have an allowed address and send
    the access token, as Authorization: Bearer TOKEN, as the password of Basic
    authorization, or as the parameter password. (Voicent's "Remote Connect
    Password" may be what the last one stands for; how it is sent is not
    documented.) They may make 50 requests a second, and have documents fetched
    from public addresses, their own, and configured networks only.
  - A request has at most 200 parameters and 1 MiB, a header 32 KiB. At most a
    million calls wait, or as many as configured.

# Session variables

A document on our gateway, and in the command "rollcall try", knows of its call

	session.connection.remote.uri        who was called: "tel:+16175550142"
	session.connection.local.uri         the caller id: "tel:+16175550100", or ""
	session.connection.originator        the same as session.connection.local
	session.connection.protocol.name     "sip" or "practice"
	session.connection.protocol.version  "2.0", or ""
	session.connection.redirect          an empty list
	session.connection.aai               ""
	session.call.number                  the number as the client gave it
	session.call.attendee                the name of who is called, or ""
	session.call.answeredBy              "person" or "machine"
	session.call.attempt                 which try of this number it is, from 1
	session.call.campaign                as the client gave it, or ""
	session.call.row                     likewise; undefined where it gave none

An exit document knows the same. (VoiceXML 2.0, section 5.1.4; session.call is
ours.)

# Extensions

Every reply of our gateway has the header Rollcall-Gateway, the program's
version; by it a client knows that the rest of this list is there. While the
line is one that rings no phone, Rollcall-Line is "practice".

A request may hold

	reference  the client's own name for it, 1 to 64 letters, digits, - or _.
	           A reference that is known gives the ReqId first given for it and
	           places no second call; one that was withdrawn is refused.
	           References outlive their records by 30 days.
	attempt    which of the client's own tries of this number it is
	campaign   what the call is part of, and
	row        which row of that campaign's list it is for: documents read both
	priority   low, normal or high: which of the calls that are due comes first
	confirmcode  with txt or audiofile: digits that the person is asked to key
	           after it; who did has answered confirm=CODE

a question for a status

	progress=1  tell the try that is on a line now, as a record "in_progress";
	            without it such a call is "[]" or the records before it

and a removal

	ifqueued=1  remove only what was not dialled, else refuse
	hangup=1    end the call as well

These pages answer in JSON, with a status of their own and, where it is not
200, an object {"error": "..."}. /rollcall/openapi.json describes them and the
protocol's.

	GET    /rollcall/about             [About]
	GET    /rollcall/references/{ref}  [Lookup]
	DELETE /rollcall/references/{ref}  withdraw it unless it was dialled; [Lookup]
	GET    /rollcall/changes           [Changes]
	GET    /rollcall/limits            {"lines": 4, "rate": 0}
	PUT    /rollcall/limits            change one or both, until the next start
	GET    /healthz                    200 or 503; {"status": "..."}
	GET    /metrics                    figures in Prometheus' text format

The change feed tells whoever follows many calls what has become of them, with
one question at a time. A question without after gets the newest cursor; one
with after=CURSOR gets each call that has changed since, as it stands now, and
the cursor to go on with; wait=SECONDS, 25 at most, has an empty answer wait for
a change. A reply names a thousand calls at most; more tells that others follow
at once. A cursor outlives restarts of the gateway. After about a million
changes it is too old: then reset is true, and the status of each call is to be
asked.
*/
package gateway
