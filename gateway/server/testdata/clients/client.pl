# A client of a Voicent gateway, written from the description of its protocol.
#
# usage: perl client.pl GATEWAY LIST.csv
use strict;
use warnings;
use HTTP::Request::Common qw(POST);
use LWP::UserAgent;
use Time::HiRes qw(sleep);

my ($url, $list) = @ARGV;
my $agent = LWP::UserAgent->new(agent => 'Mozilla/4.0');

# post sends fields and returns the reply.
sub post {
    my ($path, @fields) = @_;
    my $reply = $agent->request(POST $url . $path, [@fields]);
    die $reply->status_line unless $reply->is_success;
    return $reply->content;
}

# upload sends fields and the list.
sub upload {
    my ($path, @fields) = @_;
    my $reply = $agent->request(POST $url . $path, Content_Type => 'form-data', Content => [@fields, file => [$list]]);
    die $reply->status_line unless $reply->is_success;
    return $reply->content;
}

# id finds the id in the reply to a request.
sub id {
    my ($reply) = @_;
    $reply =~ /\[ReqId=(.*)\]/ or die "no id in $reply";
    return $1;
}

# value finds one value in a reply of the campaign interface.
sub value {
    my ($key, $reply) = @_;
    $reply =~ /"$key": "?([0-9A-Z]+)/ or die "no $key in $reply";
    return $1;
}

sub status {
    my ($id) = @_;
    while (1) {
        my $reply = post('/ocall/callstatusHandler.jsp', reqid => $id);
        for my $word (qw(made failed retry)) {
            next unless $reply =~ /\^$word\^/;
            my @fields = split /\^/, $reply, -1;
            return "$word $fields[-6]";
        }
        sleep 0.02;
    }
}

my @call = (info => 'simple text call', firstocc => 10, selfdelete => 0);
print 'call ', status(id(post('/ocall/callreqHandler.jsp', @call, phoneno => '+1 (617) 555-0142', txt => 'Hello & goodbye'))), "\n";
my $later = id(post('/ocall/callreqHandler.jsp', @call, phoneno => '6175550143', txt => 'Later', schedule => 't', calltime => 5));
print 'remove ', post('/ocall/callremoveHandler.jsp', reqid => $later), "\n";

my $page  = '/ocall/campapi';
my $leads = value('leadsrc_id', upload($page, action => 'import', importfile => 'people.csv', mod => 'cus', fieldsep => ',',
    row1 => 1, mergeopt => 'empty', leadsrcname => 'Perl'));
my $run = post($page, action => 'bbp', CAMP_NAME => 'Test', listname => 'Perl', phonecols => 'Phone', lines => 4, calldisps => '',
    callerid => '1', msgtype => 'tts', msginfo => 'Hello');
die $run unless value('status', $run) eq 'OK' and value('leadsrc_id', $run) == $leads;
my $camp = value('camp_id', $run);
my $stats;
do {
    sleep 0.02;
    $stats = post($page, action => 'campstats', camp_id => $camp);
} until value('status', $stats) eq 'FINISHED';
print join(' ', 'campaign', map { value($_, $stats) } qw(campsize made failed nophone)), "\n";
my $reply = post($page, action => 'exportcamp', camp_id => $camp, f => 'webapps/ROOT/assets/global/perl.csv', extracols => '');
my $file  = $agent->get("$url/assets/global/perl.csv");
die $file->status_line unless $file->is_success;
my @lines = split /\r\n/, $file->content;
print join(' ', 'export', value('status', $reply), $#lines, (split /,/, $lines[1])[-1]), "\n";
