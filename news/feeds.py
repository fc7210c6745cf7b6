from django.contrib.syndication.views import Feed


class LatestNews(Feed):
    pass
